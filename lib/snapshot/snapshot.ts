/**
 * THE CONTRACT between the two programs: what the control plane compiles from rows and what a gateway node
 * runs. Plain readonly data. A field that a node cannot act on does not belong here.
 */

/** A node refuses a snapshot of any other format and keeps serving its old one. */
export const snapshotFormatVersion = 1

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
  readonly egress: EgressPolicy
  readonly services: readonly InferenceServiceSnapshot[]
}

export interface SnapshotGateway {
  readonly id: string
  readonly name: string
  readonly type: GatewayType
}

export type GatewayType = 'shared' | 'alb' | 'managed'

/** The two sides of a gateway, each with listeners of its own. */
export type GatewaySide = 'internet' | 'vpc'

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
  readonly balancing: Balancing
  readonly requestTimeoutMs: number
  readonly healthCheck: HealthCheck | null
  readonly instances: readonly InstanceSnapshot[]
}

export interface ServiceTokenSnapshot {
  readonly id: string
  /** Secret. The text itself, because the SDK signature uses it as its HMAC key. */
  readonly value: string
  /** Milliseconds since the epoch; null never expires. The node checks it on each request. */
  readonly expiresAt: number | null
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

export interface InstanceSnapshot {
  readonly id: string
  /** `http:` or `https:`, host, port, and a base path that requests are appended to. No query. */
  readonly url: string
  /** 0 takes no new requests. */
  readonly weight: number
}
