import type { RateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import type { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'

/** Who calls. Made with the token, once; only `authorize` gives it out. */
export interface Caller {
  readonly tokenId: string
  readonly rateLimit: RateLimit | null
  readonly rollups: RollupSlot
}
