import type { DiscoverySnapshot } from './discovery-snapshot.ts'
import type { Balancing, HealthCheck, PassiveHealth } from './instance-policies.ts'

/** A service of the AI gateway: an upstream that Model APIs route to. */
export interface UpstreamServiceSnapshot {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly upstream: ProviderUpstream | AddressUpstream
  /** From sending the request to the first byte of an answer. */
  readonly requestTimeoutMs: number
}

/** A model provider or an agent platform, asked in its own way. */
export interface ProviderUpstream {
  readonly kind: 'provider'
  /** The folder under `lib/providers`. */
  readonly provider: string
  readonly protocol: 'openai' | 'native'
  readonly baseUrl: string
  /** By the names of the provider's manifest. */
  readonly options: Readonly<Record<string, string>>
  /** Offered first; a caller may name others. */
  readonly models: readonly string[]
  /** In the order in which they are tried; empty where the provider takes none. */
  readonly keys: readonly ProviderKeySnapshot[]
  /** When a key is passed over for the next; null: requests are spread over all and a failing one stays. */
  readonly keyFailover: KeyFailover | null
  readonly tls: UpstreamTls | null
}

export interface ProviderKeySnapshot {
  readonly id: string
  /** Secret. */
  readonly value: string
}

export interface KeyFailover {
  /** Consecutive failures of a key before others take over. A refusal (401, 403) always counts as all of them. */
  readonly failures: number
  /** How often a key that was passed over is tried again. */
  readonly retryMs: number
}

/** Addresses that answer in the Model API's own protocol. */
export interface AddressUpstream {
  readonly kind: 'addresses'
  readonly discovery: DiscoverySnapshot
  /** Null: plain HTTP. */
  readonly tls: UpstreamTls | null
  readonly balancing: Balancing
  readonly healthCheck: HealthCheck | null
  readonly passiveHealth: PassiveHealth | null
}

export interface UpstreamTls {
  /** SNI and the name that the certificate must have; null: the address's own name. */
  readonly serverName: string | null
  /** PEM; null: the system's authorities. */
  readonly ca: string | null
  /** Secret key. Shown to the upstream; null: one-way TLS. */
  readonly client: { readonly chain: string; readonly key: string } | null
}
