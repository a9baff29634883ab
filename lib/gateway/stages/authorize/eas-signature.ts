import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The signature of the EAS SDKs: `EAS base64(HMAC-SHA1(token, METHOD LF Content-MD5 LF Content-Type LF Date LF path))`.
 * Its clients sign inexactly, so every reading that one of them is known to mean is tried. There is no clock
 * check, because two of the SDKs write local time and label it GMT; a captured request can therefore be replayed.
 */
export interface SignedRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly url: string
  /** Of the path form only: a slash may have stood behind the service's name when the client signed. */
  readonly serviceName: string | null
  /** As received. Java loses leading zeros of the digest, so it is never compared with the body's own. */
  readonly contentMd5: string
  readonly contentType: string | null
  readonly date: string
}

const defaultContentType = 'application/octet-stream'
const sha1Bytes = 20

/** True when `signature` (base64) is what one of the SDKs would have made of the request with this token. */
export function isSignedWith(token: string, signature: string, request: SignedRequest): boolean {
  const given = Buffer.from(signature, 'base64')
  if (given.length !== sha1Bytes) return false
  for (const contentType of contentTypesOf(request)) {
    for (const path of pathsOf(request)) {
      const text = `${request.method}\n${request.contentMd5}\n${contentType}\n${request.date}\n${path}`
      if (timingSafeEqual(createHmac('sha1', token).update(text).digest(), given)) return true
    }
  }
  return false
}

/** A Go caller's own header may replace the type that was signed. */
function contentTypesOf(request: SignedRequest): Iterable<string> {
  return new Set([request.contentType ?? defaultContentType, defaultContentType, request.contentType ?? ''])
}

function pathsOf(request: SignedRequest): Iterable<string> {
  const question = request.url.indexOf('?')
  const path = question === -1 ? request.url : request.url.slice(0, question)
  const query = question === -1 ? '' : request.url.slice(question)
  const paths = new Set<string>()
  for (const variant of pathVariants(path, request.serviceName)) {
    paths.add(variant)
    if (query !== '') paths.add(variant + query)
  }
  return paths
}

function pathVariants(path: string, serviceName: string | null): string[] {
  const collapsed = path.replaceAll(/\/{2,}/g, '/')
  const variants = [path, path.endsWith('/') ? path.slice(0, -1) : `${path}/`, collapsed]
  const prefix = `/api/predict/${serviceName}`
  // Go signs `<service>/` before it cuts the slash, which leaves `//` in the signed text.
  if (serviceName !== null && collapsed.startsWith(`${prefix}/`)) {
    variants.push(`${prefix}/${collapsed.slice(prefix.length)}`)
  }
  return variants
}
