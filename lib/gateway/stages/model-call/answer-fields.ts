import type { RawFields } from '@/lib/gateway/raw-fields.ts'
import { callerHeaders } from '@/lib/gateway/stages/forward/response-headers.ts'

/** What concerns a provider, its servers and its account holder, and not its caller's caller. */
const keptBack = new Set([
  'set-cookie',
  'server',
  'via',
  'x-powered-by',
  'nel',
  'report-to',
  'alt-svc',
  'strict-transport-security',
  'www-authenticate',
  'openai-organization',
  'openai-project',
  'anthropic-organization-id',
])

/** The headers of a service's answer that pass as it is, `X-Request-Id` included. */
export function relayedHeaders(raw: RawFields, requestId: string): ReturnType<typeof callerHeaders> {
  const answer = callerHeaders(raw, requestId)
  const headers: string[] = []
  for (let index = 0; index + 1 < answer.headers.length; index += 2) {
    const name = answer.headers[index] as string
    if (!keptBack.has(name.toLowerCase())) headers.push(name, answer.headers[index + 1] as string)
  }
  return { ...answer, headers }
}

/** Of a stream that is converted. */
export function convertedStreamHeaders(dropped: readonly string[], requestId: string): string[] {
  const headers = ['content-type', 'text/event-stream; charset=utf-8', 'cache-control', 'no-cache']
  return [...headers, ...dropped, 'x-request-id', requestId]
}
