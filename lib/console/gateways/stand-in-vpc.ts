import { fieldError } from '@/lib/console/field-error.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listServicesOutsideVpc } from '@/lib/persistence/gateway-store.ts'
import type { VpcRow } from '@/lib/persistence/vpc-store.ts'
import type { GatewayState } from './change-gateway.ts'

const namedMax = 5

/** An ALB gateway stands in one VPC, the same on both sides and for its services. Throws when this one does not fit. */
export async function requireSameVpc(
  transaction: Transaction,
  { row, type, network }: GatewayState,
  side: 'internet' | 'vpc',
  vpc: VpcRow,
): Promise<void> {
  if (type !== 'alb') return
  const other = network.links.find((link) => link.side !== side)
  if (other !== undefined && other.vpcId !== vpc.id) {
    const access = side === 'internet' ? 'VPC access' : 'Internet access'
    const message = `${access} already uses ${other.vpc?.name ?? other.vpcId}. Both must use the same VPC.`
    throw fieldError('vpcId', 'vpc_differs', message)
  }
  const outside = await listServicesOutsideVpc(transaction, row.id, vpc.id)
  if (outside.length === 0) return
  const names = outside.slice(0, namedMax).map(({ name }) => name)
  const list = [...names, ...(outside.length > namedMax ? [`${outside.length - namedMax} more`] : [])]
  throw new AppError(
    'in_use',
    `Services of this gateway live outside ${vpc.name}: ${list.join(', ')}. Move them to another gateway first.`,
    { current: { users: outside.map((service) => ({ kind: 'inference-service', ...service })) } },
  )
}
