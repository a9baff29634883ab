import type { Consumer } from '@/lib/domain/consumer.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { keyVariable } from './snippets/model-api.ts'
import type { CurlRequest } from './snippets/request-curl.ts'

type Addresses = Pick<ModelApi, 'addresses' | 'basePath'>

/** `https://api.example.com/team`, of a domain or, without one, of the gateway's first name; null: none is on. */
export function callBase(api: Addresses, domain: Pick<Domain, 'name'> | null): string | null {
  for (const { path, url } of api.addresses) {
    const base = url.endsWith(path) ? url.slice(0, -path.length) : url
    if (domain === null || hostOf(base) === domain.name) return base
  }
  return null
}

export function hostOf(url: string): string {
  return (url.split('/')[2] ?? '').replace(/:\d+$/, '')
}

/** Where a caller shows its key, as the console says it of a call in its name. */
export type KeyPlace =
  | { readonly in: 'standard' }
  | { readonly in: 'header' | 'query'; readonly name: string }

export const standardPlace: KeyPlace = { in: 'standard' }

export function keyPlaceOf(consumer: Pick<Consumer, 'credentials'> | undefined): KeyPlace {
  for (const credential of consumer?.credentials ?? []) {
    if (credential.type !== 'hmac' && credential.location.in !== 'standard') return credential.location
  }
  return standardPlace
}

interface CallPlan {
  readonly api: Pick<ModelApi, 'addresses' | 'basePath' | 'protocol' | 'plugins'>
  readonly domain: Pick<Domain, 'name'> | null
  readonly method: string
  readonly path: string
  readonly body: CurlRequest['body']
  readonly keyPlace: KeyPlace
}

/** The same call as anybody else makes it; null where the API has no address. */
export function plannedCurl({ api, domain, method, path, body, keyPlace }: CallPlan): CurlRequest | null {
  const base = callBase(api, domain)
  if (base === null) return null
  const headers: [string, string][] = []
  if (api.protocol === 'anthropic') headers.push(['anthropic-version', '2023-06-01'])
  if (body?.type === 'json') headers.push(['content-type', 'application/json'])
  const url = base + path
  if (!api.plugins.authorization.enabled) return { method, url, headers, body, streams: asksForStream(body) }
  const key = `$${keyVariable}`
  if (keyPlace.in === 'query') {
    const whole = `${url}${url.includes('?') ? '&' : '?'}${keyPlace.name}=${key}`
    return { method, url: whole, headers, body, streams: asksForStream(body) }
  }
  headers.push(keyPlace.in === 'header' ? [keyPlace.name, key] : ['authorization', `Bearer ${key}`])
  return { method, url, headers, body, streams: asksForStream(body) }
}

/** What a client adds by itself, or what belongs to one connection alone. */
const ownHeaders =
  /^(?:host|connection|content-length|transfer-encoding|accept|accept-encoding|accept-language|user-agent|x-request-id|x-switchyard-.*|traceparent)$/i

/** The call as the gateway took it: the address and headers that it saw, the body that was sent. */
export function sentCurl(
  sent: {
    readonly method: string
    readonly url: string
    readonly headers: readonly (readonly [string, string])[]
  },
  body: CurlRequest['body'],
): CurlRequest {
  const headers = sent.headers
    .filter(([name]) => !ownHeaders.test(name))
    .filter(([name]) => body?.type !== 'form' || name.toLowerCase() !== 'content-type')
    .map(([name, value]): [string, string] => [name, value.replaceAll('$API_KEY', `$${keyVariable}`)])
  const url = sent.url.replaceAll('$API_KEY', `$${keyVariable}`)
  return { method: sent.method, url, headers, body, streams: asksForStream(body) }
}

function asksForStream(body: CurlRequest['body']): boolean {
  return body?.type === 'json' && /"stream"\s*:\s*true/.test(body.text)
}
