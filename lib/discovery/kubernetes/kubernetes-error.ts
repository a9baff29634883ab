/** `message` is one line, safe to show, and says what to do where that is known. */
export class KubernetesError extends Error {
  override readonly name = 'KubernetesError'
  /** Null: no answer. */
  readonly status: number | null

  constructor(status: number | null, message: string, options?: ErrorOptions) {
    super(message, options)
    this.status = status
  }

  /** What was asked to start from is too old (410): everything has to be listed again. */
  get isExpired(): boolean {
    return this.status === 410
  }
}

const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
])

const messages: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The API server refused the connection. Check its address and port.',
  ENOTFOUND: 'The name of the API server does not resolve. Check its address.',
  EAI_AGAIN: 'The name of the API server could not be looked up. Check the name server.',
  EHOSTUNREACH: 'There is no route to the API server.',
  ENETUNREACH: 'There is no route to the API server.',
  ECONNRESET: 'The API server closed the connection.',
  ETIMEDOUT: 'The API server gave no answer in time.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate of the API server is for another name.',
  CERT_HAS_EXPIRED: 'The certificate of the API server has expired.',
  EGRESS_DENIED: 'The egress policy forbids the address of the API server.',
  EPROTO: 'The API server does not speak TLS as expected. Check http or https, and the client certificate.',
}

/** Of a connection that failed. */
export function asKubernetesError(error: unknown): KubernetesError {
  if (error instanceof KubernetesError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = untrusted.has(code)
    ? 'The certificate of the API server is not from a trusted authority. Give its CA certificate.'
    : (messages[code] ?? tlsMessage(code) ?? `The API server could not be reached (${code || 'unknown'}).`)
  return new KubernetesError(null, message, { cause: error })
}

function tlsMessage(code: string): string | null {
  if (!code.startsWith('ERR_SSL_')) return null
  return code.includes('ALERT')
    ? 'The API server refused the client certificate.'
    : 'The API server does not speak TLS as expected. Check http or https.'
}

/** Of an answer that is no success; `body` is a `Status` of the API, or anything. */
export function refusedBy(status: number, body: string): KubernetesError {
  const told = messageOf(body)
  if (status === 401) {
    const message = 'The API server does not accept the credential (401). Renew the token or the certificate.'
    return new KubernetesError(status, message)
  }
  const lacking = status === 403 && told !== null ? lackingRight(told) : null
  if (lacking !== null) return new KubernetesError(status, lacking)
  const text =
    told === null ? `The API server answers ${status}.` : `The API server answers ${status}: ${told}`
  return new KubernetesError(status, text)
}

/** `… cannot list resource "services" in API group "" in the namespace "a"`, as RBAC refuses. */
function lackingRight(told: string): string | null {
  const found = / cannot (\S+) resource "([^"]+)"(?:.* in the namespace "([^"]+)")?/.exec(told)
  if (found === null) return null
  const [, verb = '', resource = '', namespace] = found
  return mayNot(verb, resource, namespace ?? null)
}

/** `namespace` null: in the whole cluster. */
export function mayNot(verb: string, resource: string, namespace: string | null): string {
  const where = namespace === null ? '' : ` in namespace ${namespace}`
  return `The credential may not ${verb} ${resource}${where} (403). Grant get, list and watch on namespaces, services and endpointslices.`
}

function messageOf(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('message' in value)) return null
    return typeof value.message === 'string' && value.message !== ''
      ? value.message.replaceAll(/\s+/g, ' ').slice(0, 250)
      : null
  } catch {
    return null
  }
}
