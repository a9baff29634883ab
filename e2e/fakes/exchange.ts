import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Faults } from './faults.ts'

/** One request and its answer, as the wire formats see it. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly path: string
  readonly body: Buffer
  readonly faults: Faults
  /** Pause between two chunks of a stream. */
  readonly paceMs: number
  /** Aborted when the caller leaves. */
  readonly signal: AbortSignal
}

export type Handler = (exchange: Exchange) => Promise<void>

export async function sendJson(exchange: Exchange, value: unknown, status = 200): Promise<void> {
  await sendBytes(exchange, 'application/json', Buffer.from(JSON.stringify(value)), status)
}

export async function sendBytes(
  exchange: Exchange,
  type: string,
  bytes: Buffer,
  status = 200,
): Promise<void> {
  const { faults, response } = exchange
  if (faults.cutAfterChunks === 0) return cut(exchange)
  const body = faults.garbage ? Buffer.from('<<< not what you asked for') : bytes
  const headers: OutgoingHttpHeaders = { 'content-type': type, 'content-length': body.length }
  if (faults.retryAfterSeconds !== null) headers['retry-after'] = String(faults.retryAfterSeconds)
  writeHead(exchange, status, headers)
  if (faults.cutAfterChunks !== null) {
    await write(exchange, body.subarray(0, Math.ceil(body.length / 2)))
    return cut(exchange)
  }
  await write(exchange, body)
  response.end()
}

/** Server-sent events, each written by itself and `paceMs` after the one before. */
export async function sendEvents(exchange: Exchange, events: Iterable<string>): Promise<void> {
  const { faults, response } = exchange
  let sent = 0
  for (const event of events) {
    if (sent === faults.cutAfterChunks) return cut(exchange)
    if (sent === 0) {
      writeHead(exchange, 200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
      })
    } else {
      await pause(faults.gapMs ?? exchange.paceMs, undefined, { signal: exchange.signal })
    }
    await write(exchange, Buffer.from(faults.garbage ? '\u0000 data; {oops' : event))
    sent++
  }
  response.end()
}

function writeHead(exchange: Exchange, status: number, headers: OutgoingHttpHeaders): void {
  const { headerBytes } = exchange.faults
  exchange.response.writeHead(status, {
    ...headers,
    ...(headerBytes > 0 ? { 'x-padding': 'x'.repeat(headerBytes) } : {}),
  })
}

async function write(exchange: Exchange, bytes: Buffer): Promise<void> {
  const { faults, response, signal } = exchange
  if (faults.dripMs === 0) return writeChunk(response, bytes, signal)
  for (const byte of bytes) {
    await writeChunk(response, Buffer.of(byte), signal)
    await pause(faults.dripMs, undefined, { signal })
  }
}

function writeChunk(response: ServerResponse, bytes: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    // The callback waits for the socket, so a slow reader slows the model down as it would in real life.
    response.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

function cut(exchange: Exchange): void {
  exchange.response.socket?.destroy()
}
