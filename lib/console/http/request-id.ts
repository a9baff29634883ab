import { createId } from '@/lib/platform/id.ts'

const wellFormed = /^[A-Za-z0-9._-]{8,128}$/

/** The client's own `X-Request-Id` when it is well-formed, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id')
  return given !== null && wellFormed.test(given) ? given : createId('req')
}
