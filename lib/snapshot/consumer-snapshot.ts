/** Who calls Model APIs. Those of every workspace that has an API with authorization on the gateway. */
export interface ConsumerSnapshot {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly apiKeys: readonly ApiKeySnapshot[]
  readonly jwts: readonly JwtSnapshot[]
  readonly hmacKeys: readonly HmacKeySnapshot[]
}

export interface ApiKeySnapshot {
  readonly id: string
  /** Of the key, as `apiKeyDigest` makes it; the key itself is known to its holder alone. */
  readonly digest: string
  readonly location: CredentialLocation
  /** Milliseconds since the epoch; null never expires. The node checks it on each request. */
  readonly expiresAt: number | null
}

/** What tokens that one issuer signs have to say to prove a consumer. */
export interface JwtSnapshot {
  readonly id: string
  readonly location: CredentialLocation
  readonly keys: JwtKeysSnapshot
  /** JWS names (RFC 7518, RFC 8037); never `none`, and HS* with a secret alone. */
  readonly algorithms: readonly string[]
  /** Of `iss`; null takes any. */
  readonly issuer: string | null
  /** In `aud`; null takes any. */
  readonly audience: string | null
  readonly claim: string
  /** What the claim says, as text. */
  readonly value: string
  readonly clockSkewSeconds: number
  /** Of the credential, not of tokens. Milliseconds since the epoch; null never expires. */
  readonly expiresAt: number | null
}

export type JwtKeysSnapshot =
  /** Nodes ask there for a JWK set (RFC 7517). */
  | { readonly from: 'url'; readonly url: string }
  | { readonly from: 'jwks'; readonly keys: readonly PublicJwkSnapshot[] }
  | { readonly from: 'secret'; readonly secret: string }

/** RFC 7517. Without private members. */
export interface PublicJwkSnapshot {
  readonly kty: string
  readonly [member: string]: string | readonly string[] | undefined
}

/** A secret that requests are signed with (RFC 9421, `hmac-sha256`). */
export interface HmacKeySnapshot {
  readonly id: string
  /** `keyid` of signatures. While it is rotated two keys have the same. */
  readonly keyId: string
  readonly secret: string
  /** What a signature must cover: `@method`, `@path`, `@authority`, `@query` where there is one, `content-digest` of a body. */
  readonly components: readonly string[]
  readonly maxAgeSeconds: number
  /** Milliseconds since the epoch; null never expires. */
  readonly expiresAt: number | null
}

/** `standard`: `Authorization: Bearer`; API keys also in `x-api-key`. Names of headers are in lower case. */
export type CredentialLocation =
  | { readonly in: 'standard' }
  | { readonly in: 'header'; readonly name: string }
  | { readonly in: 'query'; readonly name: string }

/** Whom a Model API admits. */
export interface AuthorizationSnapshot {
  /** Ids of consumers; without one, every call is refused. */
  readonly consumerIds: readonly string[]
}
