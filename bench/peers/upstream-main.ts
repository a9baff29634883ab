import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monotonicMs } from '@/bench/measure.ts'
import { answerBody } from './peer.ts'

/**
 * The upstream as a program: one fixed completion, or with `--stream` events at the pace that the model's name says,
 * `stream-50` for fifty a second. Each event carries its time of sending, so that a reader can tell how long it
 * travelled: in its id, for gateways that rewrite events keep that. The pace is in the model's name likewise.
 */
const body = Buffer.from(answerBody)
const streaming = process.argv.includes('--stream')

const server = createServer({ noDelay: true }, (request, response) => {
  if (streaming) return void request.once('data', (chunk) => stream(response, rateIn(chunk)))
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
server.keepAliveTimeout = 120_000
server.listen(0, '127.0.0.1', 4096, () => {
  process.send?.({ type: 'ready', port: (server.address() as AddressInfo).port })
})
process.once('disconnect', () => process.exit(0))

function stream(response: ServerResponse, rate: number): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const send = () => {
    response.write(
      `data: {"id":"chatcmpl-${monotonicMs()}","object":"chat.completion.chunk","created":1700000000,"model":"sample-model","choices":[{"index":0,"delta":{"content":" token"},"finish_reason":null}]}\n\n`,
    )
  }
  send()
  const timer = setInterval(send, 1000 / rate)
  response.once('close', () => clearInterval(timer))
}

function rateIn(body: Buffer): number {
  return Number(/"stream-(\d+)"/.exec(body.toString('latin1'))?.[1] ?? 50)
}
