import type { Fleet, FleetPlan } from '@/lib/gateway/runtime/fleet.ts'
import type { SecurityRules } from '@/lib/gateway/security/security-rules.ts'
import type { TokenIndex } from '@/lib/gateway/stages/authorize/token-index.ts'
import type { RateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import type { ServiceTally } from '@/lib/gateway/stages/observe/service-tally.ts'
import type { RetryPolicy } from '@/lib/snapshot/instance-policies.ts'
import type { DirectAccess } from '@/lib/snapshot/snapshot.ts'

/** A service with everything prepared that a request would otherwise have to look up or parse. */
export interface ServiceRuntime extends FleetPlan {
  readonly id: string
  readonly name: string
  readonly tokens: TokenIndex
  readonly forwardAuthorization: boolean
  /** Secret. */
  readonly upstreamAuthorization: string | null
  /** `grpc`: gRPC calls too, which always go up by HTTP/2. */
  readonly protocol: 'http' | 'grpc'
  /** For everything else. */
  readonly upstreamHttp: '1.1' | '2'
  readonly requestTimeoutMs: number
  readonly retries: RetryPolicy
  /** Its instances as they are now, over all snapshots. */
  readonly fleet: Fleet
  /** Its own, or what the gateway gives a service without one. */
  readonly rateLimit: RateLimit | null
  readonly tally: ServiceTally
  readonly direct: DirectRuntime
}

/** The ways to a service that bypass the HTTP listeners. */
export interface DirectRuntime extends Omit<DirectAccess, 'securityRules'> {
  /** Whom they let in, and where calls on its behalf may go. */
  readonly security: SecurityRules
}
