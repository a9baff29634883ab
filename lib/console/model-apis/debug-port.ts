import type { Embedded } from '@/lib/console/gateways/embedded-gateways.ts'
import type { ShownRequest } from '@/lib/domain/debug.ts'
import type { RecordedRequest } from '@/lib/snapshot/recorded-request.ts'

/** A call, as a gateway's engine in this process is asked for it; the routes hand the engine in. */
export interface DebugCall {
  readonly apiId: string
  /** A consumer's id; null: nobody's, who needs no grant. */
  readonly inNameOf: string | null
  readonly side: 'internet' | 'vpc'
  readonly scheme: 'http' | 'https'
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly body: Buffer | null
  readonly clientAddress: string
  /** How a caller of this API would send it. */
  readonly shown: Omit<ShownRequest, 'body'>
}

export interface DebugEngine extends Embedded {
  debug(call: DebugCall): {
    /** Lines of JSON, each a `DebugEvent`. */
    readonly events: ReadableStream<Uint8Array>
    /** To its record; null where its API keeps none. */
    readonly ended: Promise<RecordedRequest | null>
    leave(): void
  }
}
