/** Who calls Model APIs. Those of every workspace that has an API with authorization on the gateway. */
export interface ConsumerSnapshot {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly apiKeys: readonly ApiKeySnapshot[]
}

export interface ApiKeySnapshot {
  readonly id: string
  /** Of the key, as `apiKeyDigest` makes it; the key itself is known to its holder alone. */
  readonly digest: string
  readonly location: ApiKeyLocation
  /** Milliseconds since the epoch; null never expires. The node checks it on each request. */
  readonly expiresAt: number | null
}

/** `standard`: `Authorization: Bearer` or `x-api-key`. Names of headers are in lower case. */
export type ApiKeyLocation =
  | { readonly in: 'standard' }
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'query'; readonly name: string }

/** Whom a Model API admits. */
export interface AuthorizationSnapshot {
  /** Ids of consumers; without one, every call is refused. */
  readonly consumerIds: readonly string[]
}
