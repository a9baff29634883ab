/** A published API. One that routes to a single service so far. */
export interface ModelApiSnapshot {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly protocol: 'openai' | 'anthropic'
  /** ASCII, lower case, `*.` in front of a wildcard; empty: every host that leads here and has no API of its own at the path. */
  readonly domains: readonly string[]
  /** `/`, or starts with `/` and does not end with one. */
  readonly basePath: string
  /** False: the base path is part of what the service is asked for. */
  readonly removeBasePath: boolean
  readonly target: ModelTarget
  /** Streaming only; 0: off. */
  readonly firstPacketTimeoutMs: number
}

export interface ModelTarget {
  readonly serviceId: string
  /** Null: as the caller names it. */
  readonly model: string | null
}
