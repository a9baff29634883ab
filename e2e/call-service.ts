import { request } from 'undici'

export interface ServiceAnswer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly text: string
}

export interface ServiceCall {
  readonly method?: string
  /** After the service's name. Default the chat path. */
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

export const chatBody = JSON.stringify({
  model: 'sample-model',
  messages: [{ role: 'user', content: 'Hello' }],
})

/** One call through a gateway in the path form; `authorization` goes out as given. */
export async function callService(
  gatewayUrl: string,
  service: string,
  authorization: string | null,
  call: ServiceCall = {},
): Promise<ServiceAnswer> {
  const path = call.path ?? '/v1/chat/completions'
  const { statusCode, headers, body } = await request(`${gatewayUrl}/api/predict/${service}${path}`, {
    method: (call.method ?? 'POST') as 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === null ? {} : { authorization }),
      ...call.headers,
    },
    ...(call.method === 'GET' ? {} : { body: call.body ?? chatBody }),
    headersTimeout: 30_000,
  })
  return { status: statusCode, headers, text: await body.text() }
}
