import type { Readable } from 'node:stream'
import { refusal } from '@/lib/gateway/error.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import type { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'

const empty = Buffer.alloc(0)

/**
 * The body of a request to a Model API, which is small enough to be held and is read before anything is decided. Throws,
 * or rejects with, `digest_mismatch` and `credential_rejected` where it is not what its caller signed.
 */
export function takeWholeBody(call: ApiCall): Buffer | Promise<Buffer> {
  const taken = takeBody(call)
  return Buffer.isBuffer(taken) ? arrived(call, taken) : taken.then((body) => arrived(call, body))
}

function arrived({ operation: { request }, notes }: ApiCall, body: Buffer): Buffer {
  request.signedBody?.checked(body)
  notes.content?.request?.add(body)
  return body
}

function takeBody({
  runtime: { limits, modelBodyBytesMax },
  operation: { request },
  observation: { exchange },
  held,
}: ApiCall): Buffer | Promise<Buffer> {
  const body = exchange.takeBody({
    bytesDeclared: request.headers.contentLength,
    bytesMax: modelBodyBytesMax,
    idleMs: limits.clientIdleMs,
  })
  if (body === null) return empty
  if (!Buffer.isBuffer(body)) return collect(body, limits.requestMs, held)
  held.add(body.length)
  return body
}

/** Rejects with what ended the body early: too large, too slow, a node that holds too much, or a caller that left. */
function collect(body: Readable, timeoutMs: number, held: HeldBytes): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    // A byte now and then is no silence, and would hold its place for days.
    const timer = setTimeout(() => body.destroy(tooSlow()), timeoutMs)
    body.on('data', (chunk: Buffer) => {
      try {
        held.add(chunk.length)
        chunks.push(chunk)
      } catch (error) {
        body.destroy(error as Error)
      }
    })
    body.on('end', () => {
      clearTimeout(timer)
      resolve(Buffer.concat(chunks))
    })
    body.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}

function tooSlow(): Error {
  return refusal('request_timed_out', 'The request did not arrive in time.')
}
