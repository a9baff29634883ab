import type { Readable } from 'node:stream'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'

const empty = Buffer.alloc(0)

/** The body of a request to a Model API, which is small enough to be held and is read before anything is decided. */
export function takeWholeBody(
  { limits, modelBodyBytesMax }: Runtime,
  exchange: Exchange,
  request: Admitted,
): Buffer | Promise<Buffer> {
  const body = exchange.takeBody({
    bytesDeclared: request.headers.contentLength,
    bytesMax: modelBodyBytesMax,
    idleMs: limits.clientIdleMs,
  })
  if (body === null) return empty
  return Buffer.isBuffer(body) ? body : collect(body)
}

/** Rejects with what ended the body early: too large, too slow, or a caller that left. */
function collect(body: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    body.on('data', (chunk: Buffer) => chunks.push(chunk))
    body.on('end', () => resolve(Buffer.concat(chunks)))
    body.on('error', reject)
  })
}
