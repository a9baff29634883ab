import { type IncomingHttpHeaders, request } from 'node:http'

export interface PlainAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One request over plain HTTP/1.1 on a connection of its own, from any address and under any name. */
export function callFrom(
  localAddress: string,
  port: number,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ localAddress, host: '127.0.0.1', port, path, method, headers, agent: false })
    sent.on('error', reject)
    sent.on('upgrade', () => reject(new Error('The protocol was switched.')))
    sent.on('response', (answer) => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => {
        body += text
      })
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    sent.end()
  })
}
