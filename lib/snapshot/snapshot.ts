/**
 * THE CONTRACT between the two programs: what the control plane compiles from rows and what a gateway node
 * runs. Plain readonly data. A field that a node cannot act on does not belong here.
 */

/** A node refuses a snapshot of any other format and keeps serving its old one. */
export const snapshotFormatVersion = 4

export interface GatewaySnapshot {
  readonly formatVersion: typeof snapshotFormatVersion
  /** Grows by one with every saved change of this gateway. */
  readonly revision: number
  readonly gateway: SnapshotGateway
  /** Lower-case host names without port that each listener answers to in host form: `<service>.<host>`. */
  readonly hosts: { readonly internet: readonly string[]; readonly vpc: readonly string[] }
  readonly limits: GatewayLimits
  /** CIDR blocks whose `X-Forwarded-For` is believed. Empty: only the socket's own address counts. */
  readonly trustedProxies: readonly string[]
  /** Listeners on which every connection begins with a PROXY protocol v2 header, believed from trusted proxies only. */
  readonly proxyProtocol: { readonly internet: boolean; readonly vpc: boolean }
  readonly access: SnapshotAccess
  /** Custom names; their host forms are `<service>.<name>`. */
  readonly domains: readonly DomainSnapshot[]
  /** Those that domains name, each once. */
  readonly certificates: readonly CertificateSnapshot[]
  /** Answered at `/.well-known/acme-challenge/<token>` on plain listeners, to everybody (RFC 8555 §8.3). */
  readonly acmeChallenges: readonly AcmeChallengeSnapshot[]
  /** Where force HTTPS redirects to; null where the side has no TLS listener. */
  readonly tlsPorts: { readonly internet: number | null; readonly vpc: number | null }
  readonly egress: EgressPolicy
  readonly services: readonly InferenceServiceSnapshot[]
  /** What Model APIs route to. */
  readonly upstreamServices: readonly UpstreamServiceSnapshot[]
  readonly modelApis: readonly ModelApiSnapshot[]
}

export interface SnapshotGateway {
  readonly id: string
  readonly name: string
  readonly type: GatewayType
}

export type GatewayType = 'shared' | 'alb' | 'managed'

/** The two sides of a gateway, each with listeners of its own. */
export type GatewaySide = 'internet' | 'vpc'

/**
 * CIDR blocks whose addresses may call, by side, in canonical form and none inside another. Null: everybody.
 * Empty: nobody. On the VPC side these are the whitelisted parts of the linked VPCs.
 */
export interface SnapshotAccess {
  readonly internet: readonly string[] | null
  readonly vpc: readonly string[] | null
}

export interface DomainSnapshot {
  /** ASCII, lower case; `*.` in front of a wildcard. */
  readonly name: string
  readonly side: GatewaySide
  /** Null: the name is served without TLS only. */
  readonly certificateId: string | null
  /** Plain requests are redirected. */
  readonly forceHttps: boolean
}

export interface CertificateSnapshot {
  readonly id: string
  /** PEM, leaf first. */
  readonly chain: string
  /** Secret. PEM, not encrypted. */
  readonly key: string
}

export interface AcmeChallengeSnapshot {
  readonly token: string
  readonly keyAuthorization: string
}

export interface GatewayLimits {
  /** Over it 413, at once when `Content-Length` says so. Bytes. */
  readonly requestBodyBytesMax: number
  /** A request's whole header section. Bytes. */
  readonly headerBytesMax: number
  /** The request target. Bytes. */
  readonly urlBytesMax: number
  /** From the first byte of a request to the end of its headers. */
  readonly clientHeadersMs: number
  /** Silence from the client, between requests or within a body. */
  readonly clientIdleMs: number
  readonly upstreamConnectMs: number
  /** Silence from the upstream between bytes. */
  readonly upstreamIdleMs: number
  /** A whole request; a stream that has begun to answer is exempt. */
  readonly requestMs: number
  /** Over all services of the gateway; above it 429. Null: none. */
  readonly requestsPerSecond: number | null
  /** What a service without a limit of its own gets. Null: none. */
  readonly requestsPerSecondPerService: number | null
  /** Open client connections of one node; further ones are closed at once. */
  readonly connectionsMax: number
  /** Requests, streams and WebSockets under way in one node; above it 503. */
  readonly requestsInFlightMax: number
}

/** Which resolved addresses may be dialled. Checked on the address itself, so DNS cannot talk past it. */
export interface EgressPolicy {
  readonly denyCidrs: readonly string[]
  /** Exceptions to `denyCidrs`. */
  readonly allowCidrs: readonly string[]
}

export interface InferenceServiceSnapshot {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  /** A stopped service is known and answers 503. */
  readonly running: boolean
  /** The path callers usually want, such as `/v1/chat/completions`; named in 404 messages. */
  readonly apiPath: string | null
  readonly tokens: readonly ServiceTokenSnapshot[]
  /** True: the caller's `Authorization` reaches the instance. False: it is removed. */
  readonly forwardAuthorization: boolean
  /** Secret. Sent to the instance as `Authorization` in place of the caller's. */
  readonly upstreamAuthorization: string | null
  /** `grpc`: gRPC calls are taken too. They always go up by HTTP/2. */
  readonly protocol: 'http' | 'grpc'
  /** The HTTP version to the instances for everything but gRPC; `2` without TLS is h2c with prior knowledge. */
  readonly upstreamHttp: '1.1' | '2'
  readonly balancing: Balancing
  readonly requestTimeoutMs: number
  /** Above it 429. Null: the gateway's `requestsPerSecondPerService`. */
  readonly requestsPerSecond: number | null
  readonly concurrency: ConcurrencyLimit | null
  readonly retries: RetryPolicy
  readonly healthCheck: HealthCheck | null
  readonly passiveHealth: PassiveHealth | null
  /** A fresh instance's share grows from a tenth to the whole over this time. 0: the whole at once. */
  readonly slowStartMs: number
  /** Percent. When fewer instances than this are fit, passive ejections and pauses are disregarded. 0: never. */
  readonly panicThreshold: number
  readonly instances: readonly InstanceSnapshot[]
  /** Ways to the instances that bypass the HTTP listeners; each only takes whom `securityRules` let in. */
  readonly direct: DirectAccess
}

export interface DirectAccess {
  /** In order; the first that fits decides. Without one, inbound is denied and outbound allowed. */
  readonly securityRules: readonly SecurityRuleSnapshot[]
  /** Ready instances are listed on the VPC side to callers that may reach them. */
  readonly discovery: boolean
  /** Ports whose connections are passed on, byte for byte, to ready instances. */
  readonly nlb: readonly NlbListenerSnapshot[]
  /** Where ready instances are registered, and withdrawn when not ready. */
  readonly nacos: readonly NacosRegistrationSnapshot[]
}

export interface SecurityRuleSnapshot {
  readonly direction: 'inbound' | 'outbound'
  /** Inclusive. */
  readonly portFrom: number
  readonly portTo: number
  readonly cidr: string
  readonly action: 'allow' | 'deny'
}

export interface NlbListenerSnapshot {
  /** The listener's door is `nlb-<port>`. */
  readonly port: number
  /** On `vpc`, callers must also be among those that `access.vpc` lets in. */
  readonly side: GatewaySide
}

export interface NacosRegistrationSnapshot {
  readonly id: string
  /** Servers of one cluster: `http://10.0.0.9:8848`. */
  readonly servers: readonly string[]
  /** Empty: `public`. */
  readonly namespace: string
  readonly group: string
  readonly serviceName: string
  readonly username: string | null
  /** Secret. */
  readonly password: string | null
}

export interface ServiceTokenSnapshot {
  readonly id: string
  /** Secret. The text itself, because the SDK signature uses it as its HMAC key. */
  readonly value: string
  /** Milliseconds since the epoch; null never expires. The node checks it on each request. */
  readonly expiresAt: number | null
  /** Above it 429, besides the service's own limit. Null: none. */
  readonly requestsPerSecond: number | null
}

export type Balancing =
  | { readonly strategy: 'round-robin' }
  /** Power of two choices over requests in flight. */
  | { readonly strategy: 'least-requests' }
  /** Rendezvous hashing: few keys move when instances change. Without the header, the client's address is hashed. */
  | { readonly strategy: 'hash'; readonly on: 'client-address' | { readonly header: string } }

export interface HealthCheck {
  readonly path: string
  readonly intervalMs: number
  readonly timeoutMs: number
  /** Consecutive failures. */
  readonly unhealthyAfter: number
  /** Consecutive successes. */
  readonly healthyAfter: number
}

/**
 * How many requests an instance gets at a time, and how many wait for their turn. The nodes of one host divide both
 * evenly, rounded up; each counts its own.
 */
export interface ConcurrencyLimit {
  readonly perInstance: number
  /** Waiting requests of the service; above it 450. 0: nobody waits. */
  readonly queueSize: number
  /** After it a waiting request gets 503. */
  readonly queueTimeoutMs: number
}

export interface RetryPolicy {
  /** Further tries after the first one; 0 switches retries off. The retry budget applies besides. */
  readonly attempts: number
  /** True: a whole request may also be repeated after it was sent, when the answer is missing or 502, 503, 504. */
  readonly idempotent: boolean
}

/** What is learned from traffic: `failures` among the last `window` answers of an instance take it out. */
export interface PassiveHealth {
  readonly failures: number
  readonly window: number
  /** Answers older than this no longer count. */
  readonly windowMs: number
  /** Out for this long the first time, doubling up to `ejectMsMax`; then a single probe request decides. */
  readonly ejectMs: number
  readonly ejectMsMax: number
  /** Which failures count. */
  readonly on: { readonly connect: boolean; readonly timeout: boolean; readonly serverError: boolean }
  /** A 429, or a 503 with `Retry-After`, pauses the instance for the time that it asks for. */
  readonly pauseOnRetryAfter: boolean
}

export interface InstanceSnapshot {
  readonly id: string
  /** `http:` or `https:`, host, port, and a base path that requests are appended to. No query. */
  readonly url: string
  /** 0 takes no new requests. */
  readonly weight: number
}

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

export type DiscoverySnapshot =
  | FixedDiscovery
  | DnsDiscovery
  | UrlDiscovery
  | KubernetesDiscovery
  | NacosDiscovery

export interface FixedDiscovery {
  readonly type: 'fixed'
  /** IP addresses, without brackets. */
  readonly addresses: ReadonlyArray<{ readonly host: string; readonly port: number; readonly weight: number }>
}

export interface DnsDiscovery {
  readonly type: 'dns'
  readonly names: ReadonlyArray<{ readonly host: string; readonly port: number }>
}

/** One HTTP trigger of a function, base path included. */
export interface UrlDiscovery {
  readonly type: 'url'
  readonly url: string
}

export interface KubernetesDiscovery {
  readonly type: 'kubernetes'
  readonly cluster: KubernetesAccess
  readonly namespace: string
  readonly service: string
  /** A port's number, or its name. */
  readonly port: string
}

/** How to speak to an API server. */
export type KubernetesAccess =
  /** The pod's own service account, of the node that asks. */
  | { readonly kind: 'in-cluster'; readonly sourceId: string }
  | {
      readonly kind: 'server'
      readonly sourceId: string
      readonly url: string
      /** PEM; null: the system's authorities. */
      readonly ca: string | null
      readonly serverName: string | null
      readonly credential: /** Secret. */
        | { readonly type: 'token'; readonly token: string }
        /** Secret. PEM. */
        | { readonly type: 'certificate'; readonly certificate: string; readonly key: string }
        /** Secret. */
        | { readonly type: 'basic'; readonly username: string; readonly password: string }
        | { readonly type: 'none' }
    }

export interface NacosDiscovery {
  readonly type: 'nacos'
  readonly cluster: NacosAccess
  readonly group: string
  readonly service: string
}

export interface NacosAccess {
  readonly sourceId: string
  /** Servers of one cluster: `http://10.0.0.9:8848`. */
  readonly servers: readonly string[]
  /** Empty: `public`. */
  readonly namespace: string
  readonly username: string | null
  /** Secret. */
  readonly password: string | null
}

export interface UpstreamTls {
  /** SNI and the name that the certificate must have; null: the address's own name. */
  readonly serverName: string | null
  /** PEM; null: the system's authorities. */
  readonly ca: string | null
  /** Secret key. Shown to the upstream; null: one-way TLS. */
  readonly client: { readonly chain: string; readonly key: string } | null
}

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
