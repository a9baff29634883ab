import { AppError, type InvalidField } from '@/lib/domain/error.ts'
import { accessComplaints, type ServiceAccess } from '@/lib/domain/service-access.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getSecurityGroup } from '@/lib/persistence/security-group-store.ts'
import { getVpc } from '@/lib/persistence/vpc-store.ts'
import { getVSwitch } from '@/lib/persistence/vswitch-store.ts'

type Network = Pick<ServiceAccess, 'vpcId' | 'vswitchId' | 'securityGroupId'>

/**
 * Ids of the network that a service asks for, which must be its workspace's own and enough for the ways past the
 * gateway that it uses. Throws `invalid_input` naming every wrong field.
 */
export async function requireNetwork(
  transaction: Transaction,
  access: ServiceAccess,
  workspaceId: string,
): Promise<Network> {
  const vpc = access.vpcId === null ? null : await getVpc(transaction, workspaceId, access.vpcId)
  const vswitch =
    access.vswitchId === null ? null : await getVSwitch(transaction, workspaceId, access.vswitchId)
  const group =
    access.securityGroupId === null
      ? null
      : await getSecurityGroup(transaction, workspaceId, access.securityGroupId)
  const fields: InvalidField[] = accessComplaints(access)
  if (access.vpcId !== null && vpc === null) {
    fields.push(missing('vpcId', 'There is no such VPC in this workspace. Choose another one.'))
  }
  if (access.vswitchId !== null && vswitch === null) {
    fields.push(missing('vswitchId', 'There is no such vSwitch in this workspace. Choose another one.'))
  }
  if (vpc !== null && vswitch !== null && vswitch.vpcId !== vpc.id) {
    const message = `vSwitch ${vswitch.name} is in ${vswitch.vpc.name}. Choose one of ${vpc.name}.`
    fields.push({ path: 'vswitchId', code: 'vswitch_of_other_vpc', message })
  }
  if (access.securityGroupId !== null && group === null) {
    const message = 'There is no such security group in this workspace. Choose another one.'
    fields.push(missing('securityGroupId', message))
  }
  if (fields[0] !== undefined) {
    throw new AppError('invalid_input', fields[0].message, { invalidFields: fields })
  }
  return { vpcId: vpc?.id ?? null, vswitchId: vswitch?.id ?? null, securityGroupId: group?.id ?? null }
}

function missing(path: string, message: string): InvalidField {
  return { path, code: 'not_found', message }
}
