import type { ModelApiProtocol, ModelApiUseCase } from '@/lib/domain/model-api-routes.ts'
import type { AuthorizationSnapshot } from './consumer-snapshot.ts'
import type { LimitRuleSnapshot } from './limit-snapshot.ts'
import type { FallbackSnapshot, RoutingSnapshot } from './model-routing-snapshot.ts'
import type { ModerationSnapshot } from './moderation-snapshot.ts'

export interface MonitoringSnapshot {
  /** Bodies that callers send are recorded. */
  readonly recordRequest: boolean
  /** Bodies that they are answered are recorded. */
  readonly recordResponse: boolean
}

/** A published API. */
export interface ModelApiSnapshot {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  /** False: it keeps its place, and refuses every call. */
  readonly enabled: boolean
  readonly useCase: ModelApiUseCase
  readonly protocol: ModelApiProtocol
  /** Names of the routes of this use case and protocol that are switched off. */
  readonly disabledRoutes: readonly string[]
  /** ASCII, lower case, `*.` in front of a wildcard; empty: every host that leads here and has no API of its own at the path. */
  readonly domains: readonly string[]
  /** `/`, or starts with `/` and does not end with one. */
  readonly basePath: string
  /** False: the base path is part of what the service is asked for. */
  readonly removeBasePath: boolean
  readonly routing: RoutingSnapshot
  /** Null: what the chosen service answers is the answer. */
  readonly fallback: FallbackSnapshot | null
  /** Streaming only; 0: off. */
  readonly firstPacketTimeoutMs: number
  /** Null: no record is kept of requests. */
  readonly monitoring: MonitoringSnapshot | null
  /** Null: everybody may call. */
  readonly authorization: AuthorizationSnapshot | null
  /** Null: texts pass as they are. */
  readonly moderation: ModerationSnapshot | null
  /** Null: nothing is counted. */
  readonly limits: readonly LimitRuleSnapshot[] | null
}
