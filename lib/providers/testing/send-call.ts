import { request as httpRequest } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type {
  Credential,
  ProviderRoute,
  ProviderTools,
  RouteCall,
  UnsignedRequest,
} from '@/lib/providers/provider.ts'

export interface SentAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
}

/** Loopback only: what tests prepare providers with. */
export const testTools: ProviderTools = {
  now: () => Date.now(),
  fetch: async ({ url, method, headers, body }) => {
    const { origin, pathname, search } = new URL(url)
    return send(origin, { method, path: pathname + search, headers, body })
  },
}

/** One call as the gateway makes it: path, headers and body of the route, then what authenticates them. */
export function sendCall(route: ProviderRoute, credential: Credential, call: RouteCall): Promise<SentAnswer> {
  route.prepareBody?.(call)
  const body = Buffer.from(JSON.stringify(call.body))
  const headers = ['content-type', 'application/json', ...route.headers(call)]
  return sendSigned(route.origin, credential, { method: 'POST', path: route.path(call), headers, body })
}

interface Unsigned {
  readonly method: string
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer | null
}

export async function sendSigned(
  origin: string,
  credential: Credential,
  unsigned: Unsigned,
): Promise<SentAnswer> {
  const request: UnsignedRequest = { ...unsigned, host: new URL(origin).host }
  const authorization = await credential.authorize(request)
  const path = authorization.path ?? unsigned.path
  const separator = path.includes('?') ? '&' : '?'
  return send(origin, {
    ...unsigned,
    path: authorization.query === '' ? path : path + separator + authorization.query,
    headers: [...unsigned.headers, ...authorization.headers],
  })
}

async function send(origin: string, { method, path, headers, body }: Unsigned): Promise<SentAnswer> {
  const { hostname, port, host } = new URL(origin)
  const length = body === null ? [] : ['content-length', String(body.length)]
  const all = ['host', host, ...headers, ...length]
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers: all, agent: false }, (response) => {
      const contentType = response.headers['content-type'] ?? ''
      buffer(response).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, contentType, body: bytes }),
        reject,
      )
    })
    request.once('error', reject)
    request.end(body)
  })
}
