/** RFC 9110 §6.5.1: what frames, routes or authorises a message has no place behind it. */
const notInTrailers = new Set([
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
])
const notInTrailersPrefixes = ['x-switchyard-', 'x-forwarded-']

/** Whether a field may come behind a body, in either direction. */
export function mayTrail(lowerName: string): boolean {
  return (
    !notInTrailers.has(lowerName) && !notInTrailersPrefixes.some((prefix) => lowerName.startsWith(prefix))
  )
}
