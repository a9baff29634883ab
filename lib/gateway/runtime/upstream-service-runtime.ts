import type { ModelApiProtocol } from '@/lib/domain/model-api-routes.ts'
import type { Fleet, FleetPlan } from '@/lib/gateway/runtime/fleet.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { KeyRing } from '@/lib/gateway/runtime/keys/key-ring.ts'
import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { ChatConversion, EmbeddingConversion } from '@/lib/protocols/conversion.ts'
import type { PreparedProvider, ProviderRoute } from '@/lib/providers/provider.ts'
import type { RetryPolicy } from '@/lib/snapshot/instance-policies.ts'

/** How a provider is asked for what a caller asks for in one format. */
export type FormatPlan = ChatPlan | EmbeddingPlan

interface SharedPlan {
  readonly route: ProviderRoute
  /** To the route's own origin. */
  readonly pool: UpstreamPool
  /** The caller's format is the route's, so that bodies pass as they are. */
  readonly isSame: boolean
}

/** Where both formats are the same, the conversion reads errors and streams on the side. */
export interface ChatPlan extends SharedPlan {
  readonly conversion: ChatConversion
  readonly embedding: null
}

export interface EmbeddingPlan extends SharedPlan {
  readonly conversion: null
  readonly embedding: EmbeddingConversion
}

/** Where what is not converted leads. */
export interface RelayPlan {
  readonly pool: UpstreamPool
  /** From the path and query below the base path of a Model API. */
  path(asCalled: string): string
}

/** A provider with everything prepared that its requests share. */
export interface ProviderRuntime {
  /** An agent needs no model. */
  readonly kind: 'model' | 'agent'
  readonly prepared: PreparedProvider
  /** Null where it has none: requests go as they are. */
  readonly keys: KeyRing | null
  readonly plans: ReadonlyMap<CallerFormat, FormatPlan>
  /** How operations without a format are asked for, by the protocol of the caller's API. */
  readonly relays: ReadonlyMap<ModelApiProtocol, RelayPlan>
}

/** A service of the AI gateway, compiled. */
export interface UpstreamServiceRuntime {
  readonly id: string
  readonly name: string
  /** Null: addresses that answer in the Model API's own protocol. */
  readonly provider: ProviderRuntime | null
  /** Those that are known of; callers may name others. */
  readonly models: readonly string[]
  readonly requestTimeoutMs: number
  readonly retries: RetryPolicy
  /** Its instances as they are now, over all snapshots. */
  readonly fleet: Fleet
  /** What this snapshot, and discovery so far, say about its instances. */
  plan(): FleetPlan
}

export function instancesOf(service: UpstreamServiceRuntime): readonly Instance[] {
  return service.plan().instances
}
