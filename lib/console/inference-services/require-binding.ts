import { AppError } from '@/lib/domain/error.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import {
  type BindingComplaint,
  type BindingService,
  bindingComplaints,
} from '@/lib/domain/service-binding.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'

/** Why a service cannot be bound to a stored gateway; empty when it can. */
export async function bindingComplaintsOf(
  transaction: Transaction,
  service: BindingService,
  gateway: GatewayRow,
): Promise<BindingComplaint[]> {
  const vpc = await albNetwork(transaction, gateway)
  return bindingComplaints(service, {
    name: gateway.name,
    type: gatewayType.parse(gateway.type),
    vpcId: vpc?.id ?? null,
    vpcName: vpc?.name ?? null,
  })
}

/** The network that an ALB gateway is enabled with, the same on both sides; null while neither is on. */
export async function albNetwork(
  transaction: Transaction,
  gateway: GatewayRow,
): Promise<{ readonly id: string; readonly name: string } | null> {
  if (gateway.type !== 'alb') return null
  const { links } = await getGatewayNetwork(transaction, gateway.id)
  const link = links.find(({ side }) => (side === 'vpc' ? gateway.vpcEnabled : gateway.internetEnabled))
  return link?.vpc ? { id: link.vpc.id, name: link.vpc.name } : null
}

/** Throws `invalid_input` naming every field that is in the way. */
export async function requireBinding(
  transaction: Transaction,
  service: BindingService,
  gateway: GatewayRow,
): Promise<void> {
  const complaints = await bindingComplaintsOf(transaction, service, gateway)
  if (complaints[0] === undefined) return
  throw new AppError('invalid_input', complaints[0].message, { invalidFields: complaints })
}

/** Instances that take requests. */
export function replicasOf(instances: readonly { readonly weight: number }[]): number {
  return instances.filter(({ weight }) => weight > 0).length
}
