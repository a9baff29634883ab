import type { ConsumerSnapshot } from './consumer-snapshot.ts'
import type {
  Balancing,
  ConcurrencyLimit,
  HealthCheck,
  PassiveHealth,
  RetryPolicy,
} from './instance-policies.ts'
import type { ModelApiSnapshot } from './model-api-snapshot.ts'
import type { UpstreamServiceSnapshot } from './upstream-service-snapshot.ts'

/**
 * THE CONTRACT between the two programs: what the control plane compiles from rows and what a gateway node
 * runs. Plain readonly data. A field that a node cannot act on does not belong here.
 */

/** A node refuses a snapshot of any other format and keeps serving its old one. */
export const snapshotFormatVersion = 5

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
  /** Secret. What the console seals the tickets of its self-tests with; see `self-test-ticket.ts`. */
  readonly selfTestKey: string
  readonly services: readonly InferenceServiceSnapshot[]
  /** What Model APIs route to. */
  readonly upstreamServices: readonly UpstreamServiceSnapshot[]
  readonly modelApis: readonly ModelApiSnapshot[]
  readonly consumers: readonly ConsumerSnapshot[]
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

export interface InstanceSnapshot {
  readonly id: string
  /** `http:` or `https:`, host, port, and a base path that requests are appended to. No query. */
  readonly url: string
  /** 0 takes no new requests. */
  readonly weight: number
}
