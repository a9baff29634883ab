/** The peer says that it has not acted on the request: REFUSED_STREAM, or a GOAWAY that leaves it out (RFC 9113 §8.7). */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly code = 'UPSTREAM_REFUSED_REQUEST'
}

/** Whoever answers on the other end does not speak HTTP/2. */
export class NotHttp2 extends Error {
  override readonly name = 'NotHttp2'
  readonly code = 'UPSTREAM_NOT_HTTP2'
}
