import { type GatewayError, type GatewayErrorCode, gatewayErrors } from '@/lib/gateway/error.ts'

/** The numbers of gRPC's status codes, as far as a gateway has use for them. */
const grpcStatus = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const

/** Unlike gRPC's table for proxies that know nothing of it, this one says what we know. */
const byHttpStatus: Readonly<Record<number, number>> = {
  400: grpcStatus.invalidArgument,
  401: grpcStatus.unauthenticated,
  403: grpcStatus.permissionDenied,
  404: grpcStatus.unimplemented,
  405: grpcStatus.unimplemented,
  408: grpcStatus.deadlineExceeded,
  413: grpcStatus.resourceExhausted,
  414: grpcStatus.invalidArgument,
  415: grpcStatus.unimplemented,
  417: grpcStatus.invalidArgument,
  429: grpcStatus.resourceExhausted,
  431: grpcStatus.resourceExhausted,
  450: grpcStatus.resourceExhausted,
  500: grpcStatus.internal,
  502: grpcStatus.unavailable,
  503: grpcStatus.unavailable,
  504: grpcStatus.deadlineExceeded,
  505: grpcStatus.unimplemented,
}

export function grpcStatusOf(code: GatewayErrorCode): number {
  return byHttpStatus[gatewayErrors[code].status] ?? grpcStatus.internal
}

/** The whole of a trailers-only answer; its HTTP status is always 200. Names and values in turn. */
export function grpcErrorHeaders(error: GatewayError, requestId: string): string[] {
  const headers = ['content-type', 'application/grpc', ...grpcErrorTrailers(error)]
  headers.push('x-request-id', requestId)
  return headers
}

/** What ends a call that had begun to be answered. */
export function grpcErrorTrailers(error: GatewayError): string[] {
  const { source } = gatewayErrors[error.code]
  const trailers = [
    'grpc-status',
    String(grpcStatusOf(error.code)),
    'grpc-message',
    percentEncoded(error.publicMessage),
    'x-switchyard-error-source',
    source,
  ]
  if (error.retryAfterSeconds !== null) {
    trailers.push('grpc-retry-pushback-ms', String(error.retryAfterSeconds * 1_000))
  }
  return trailers
}

/** The gRPC HTTP/2 specification: printable ASCII but `%` stands for itself, all else is UTF-8 in percent form. */
function percentEncoded(message: string): string {
  return message.replaceAll(/[^ -$&-~]+/g, (text) =>
    [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
}
