import { AppError } from '@/lib/domain/error.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'

/** The shared gateway has no access control: throws `conflict`. */
export function requireDedicated({ type }: Pick<GatewayRow, 'type'>): void {
  if (type !== 'shared') return
  throw new AppError(
    'conflict',
    'The shared gateway is open on both sides and has no access control. Use a dedicated gateway for that.',
  )
}
