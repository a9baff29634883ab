import type { RequestHeaders } from '@/lib/gateway/stages/admit/request-headers.ts'
import type { SignedBody } from '@/lib/gateway/stages/authorize/signature/signed-body.ts'

/** A request that is well-formed and within the limits. Only `admit` makes one. */
export interface Admitted {
  readonly requestId: string
  readonly method: string
  /** Origin form: path and query, byte for byte as sent. */
  readonly url: string
  /** Lower case, without port; empty where there is none. */
  readonly hostName: string
  /** As sent, for `X-Forwarded-Host`. */
  readonly host: string
  readonly clientAddress: string
  /** The `X-Forwarded-For` that the instance gets. */
  readonly forwardedFor: string
  readonly headers: RequestHeaders
  /** Of a request that its caller signed: what its body has to be. */
  readonly signedBody?: SignedBody
}
