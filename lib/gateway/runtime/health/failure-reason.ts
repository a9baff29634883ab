const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset',
  EPIPE: 'Connection reset',
  EHOSTUNREACH: 'Host unreachable',
  ENETUNREACH: 'Network unreachable',
  ENOTFOUND: 'Name not found',
  EAI_AGAIN: 'Name look-up failed',
  ETIMEDOUT: 'Connect timed out',
  ANSWER_BROKE_OFF: 'Connection closed without a whole answer',
  ANSWER_MALFORMED: 'Answer is not valid HTTP',
  ANSWER_FELL_SILENT: 'Fell silent within an answer',
  UPSTREAM_REFUSED_REQUEST: 'Request refused',
  UPSTREAM_NOT_HTTP2: 'Answer is not HTTP/2',
  UND_ERR_SOCKET: 'Connection closed without an answer',
  UND_ERR_CONNECT_TIMEOUT: 'Connect timed out',
  UND_ERR_BODY_TIMEOUT: 'Fell silent within an answer',
  CERT_HAS_EXPIRED: 'Certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'Certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Certificate is for another name',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Certificate is not trusted',
  ERR_SSL_WRONG_VERSION_NUMBER: 'Answer is not TLS',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'A client certificate is required',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: 'TLS handshake refused',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'Client certificate is not trusted',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'Client certificate was refused',
  EGRESS_DENIED: 'Address denied by the egress policy',
}

/** Why an instance could not be used, in plain words that are safe to show. */
export function failureReason(error: unknown, otherwise: string): string {
  return reasons[errorCode(error)] ?? otherwise
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if (error instanceof AggregateError) return errorCode(error.errors[0])
  // In TLS 1.3 a server refuses a client's certificate after the handshake, in place of an answer.
  const cause = errorCode(error.cause)
  if (cause.startsWith('ERR_SSL_')) return cause
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
