export type UpstreamErrorCode =
  /** The request holds something that HTTP/1.1 cannot carry; nothing was sent. */
  | 'REQUEST_UNSENDABLE'
  /** The connection ended before the answer did. */
  | 'ANSWER_BROKE_OFF'
  | 'ANSWER_MALFORMED'
  /** Silence within the answer's body. */
  | 'ANSWER_FELL_SILENT'
  | 'POOL_CLOSED'

/** How the exchange with an instance ended early. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError'
  readonly code: UpstreamErrorCode
  /** Nothing came back on a connection that had served others before: perhaps it was being closed just then. */
  readonly isStale: boolean

  constructor(code: UpstreamErrorCode, message: string, options: { cause?: Error; isStale?: boolean } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.isStale = options.isStale ?? false
  }
}
