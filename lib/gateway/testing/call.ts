import { type IncomingHttpHeaders, request } from 'node:http'

export interface CallAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The connection broke before the answer was whole. */
  readonly isBroken: boolean
}

export interface CallOptions {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
}

/** One call over HTTP/1.1, to the end of its answer. Rejects only where none begins. */
export function call(port: number, path: string, options: CallOptions = {}): Promise<CallAnswer> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', headers, body } = options
    const sent = request({ port, host: '127.0.0.1', path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      const settle = (isBroken: boolean) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
          isBroken,
        })
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => settle(!response.complete))
      response.on('error', () => settle(true))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export function callJson(port: number, path: string, body: unknown, headers: Record<string, string> = {}) {
  return call(port, path, {
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}
