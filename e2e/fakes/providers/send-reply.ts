import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { FakeReply, RefusalAnswer, StreamReply } from './provider-fake.ts'
import { htmlPage, type ProviderFault } from './provider-faults.ts'

type ReplyFault = Extract<ProviderFault, string> | null

export async function sendReply(
  response: ServerResponse,
  reply: FakeReply,
  fault: ReplyFault,
): Promise<void> {
  if (fault === 'html') return sendText(response, 200, 'text/html; charset=utf-8', htmlPage)
  if ('frames' in reply) return sendStream(response, reply, fault)
  const failure = fault === 'error-in-200' ? reply.failure : undefined
  const text = JSON.stringify(failure ?? reply.json)
  if (fault === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.write(text.slice(0, text.length / 2), () => response.destroy())
    return
  }
  sendText(response, 200, 'application/json', fault === 'half-json' ? text.slice(0, text.length / 2) : text)
}

async function sendStream(response: ServerResponse, reply: StreamReply, fault: ReplyFault): Promise<void> {
  response.writeHead(200, { 'content-type': reply.contentType, 'cache-control': 'no-cache' })
  const half = Math.ceil(reply.frames.length / 2)
  const first = fault === null || fault === 'held' ? reply.frames : reply.frames.slice(0, half)
  for (const frame of first) await write(response, frame)
  if (fault === 'error-in-200') await write(response, reply.failure)
  if (fault === 'half-json') await write(response, Buffer.from(reply.filler).subarray(0, -8))
  while (fault === 'endless' && !response.destroyed) await write(response, reply.filler)
  if (fault === 'cut') response.destroy()
  else response.end()
}

/** Waits for the socket, so that a slow reader slows the provider down as it would in real life. */
async function write(response: ServerResponse, frame: string | Buffer): Promise<void> {
  if (response.destroyed) return
  if (response.write(frame)) await new Promise(setImmediate)
  else await Promise.race([once(response, 'drain'), once(response, 'close')])
}

export function sendRefusal(
  response: ServerResponse,
  { status, body }: RefusalAnswer,
  retryAfterSeconds: number | undefined,
): void {
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', String(retryAfterSeconds))
  if (typeof body === 'string') sendText(response, status, 'text/plain; charset=utf-8', body)
  else sendText(response, status, 'application/json', JSON.stringify(body))
}

/** Until it is let go or the caller leaves. */
export function sendHeld(response: ServerResponse, held: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    held.add(resolve)
    response.once('close', () => {
      held.delete(resolve)
      resolve()
    })
  })
}

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
