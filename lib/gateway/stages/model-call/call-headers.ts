import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'

/** What a caller proves itself with concerns the gateway alone. */
const credentials = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
])

/** What callers may tell a provider that speaks their own protocol. */
const protocolHeaders = new Set(['anthropic-beta', 'anthropic-version', 'openai-beta', 'idempotency-key'])
/** Lists, which the caller's and the provider's own add up to. */
const listed = new Set(['anthropic-beta'])

/**
 * What a provider is told: nothing of the caller but what belongs to their common protocol. Answers are read here, so
 * none may come compressed.
 */
export function providerHeaders({ prepared, route, observation }: ModelCall): string[] {
  const headers = new Map([
    ['content-type', 'application/json'],
    ['accept', prepared.isStream ? 'text/event-stream' : 'application/json'],
    ['accept-encoding', 'identity'],
    ['user-agent', 'switchyard'],
    ['x-request-id', observation.requestId],
  ])
  if (prepared.plan?.isSame === true) {
    const { endToEnd } = route.request.headers
    for (let index = 0; index + 1 < endToEnd.length; index += 2) {
      const name = (endToEnd[index] as string).toLowerCase()
      if (protocolHeaders.has(name)) headers.set(name, endToEnd[index + 1] as string)
    }
  }
  for (let index = 0; index + 1 < prepared.headers.length; index += 2) {
    const name = (prepared.headers[index] as string).toLowerCase()
    const value = prepared.headers[index + 1] as string
    const told = headers.get(name)
    headers.set(name, listed.has(name) && told !== undefined ? `${told},${value}` : value)
  }
  return [...headers].flat()
}

/** What a caller may tell a provider about a request that passes as it is. */
const relayedNames = new Set([
  ...protocolHeaders,
  'accept',
  'content-type',
  'if-match',
  'if-none-match',
  'if-range',
  'range',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'x-dashscope-async',
  'x-dashscope-datainspection',
  'x-dashscope-ossresourceresolve',
  'x-dashscope-sse',
])

/** Of an operation that passes as it is, to a provider. */
export function relayedHeaders({ route, observation }: ModelCall): string[] {
  const { endToEnd } = route.request.headers
  const headers = ['accept-encoding', 'identity', 'user-agent', 'switchyard']
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    const name = (endToEnd[index] as string).toLowerCase()
    if (relayedNames.has(name)) headers.push(name, endToEnd[index + 1] as string)
  }
  headers.push('x-request-id', observation.requestId)
  return headers
}

/** What an address is told: all that the caller says, but for its credentials. */
export function addressHeaders({ prepared, route, exchange, observation }: ModelCall): string[] {
  const { request } = route
  const { endToEnd } = request.headers
  const headers: string[] = []
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    const name = (endToEnd[index] as string).toLowerCase()
    if (credentials.has(name) || name === 'accept-encoding') continue
    headers.push(name, endToEnd[index + 1] as string)
  }
  if (request.headers.contentType === null && prepared.relayed === undefined) {
    headers.push('content-type', 'application/json')
  }
  headers.push(
    'accept-encoding',
    'identity',
    'x-forwarded-for',
    request.forwardedFor,
    'x-forwarded-proto',
    exchange.scheme,
    'x-request-id',
    observation.requestId,
    ...prepared.headers,
  )
  if (request.host !== '') headers.push('x-forwarded-host', request.host)
  return headers
}
