import { AppError } from '@/lib/domain/error.ts'

/** Bytes. */
export const requestBodyBytesMax = 1_048_576

/**
 * Reads a JSON body. Throws `body_too_large`, `unsupported_media_type` or `malformed_request`.
 * An empty body is undefined.
 */
export async function readJsonBody(
  request: Request,
  bytesMax: number = requestBodyBytesMax,
): Promise<unknown> {
  const text = await readText(request, bytesMax)
  if (text.trim() === '') return undefined
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(json|[a-z0-9.+-]+\+json)\s*(;|$)/i.test(type)) {
    throw new AppError('unsupported_media_type', 'Send the body as application/json.')
  }
  return parseJson(text)
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > bytesMax) throw tooLarge(bytesMax)
  if (request.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > bytesMax) {
      await reader.cancel()
      throw tooLarge(bytesMax)
    }
    chunks.push(value)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (cause) {
    throw new AppError('malformed_request', 'The body is not UTF-8.', { cause })
  }
}

function tooLarge(bytesMax: number): AppError {
  return new AppError('body_too_large', `A request body has at most ${bytesMax} bytes.`)
}

function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AppError('malformed_request', 'The body is not JSON.', { cause })
  }
  refuseUnstorable(value)
  return value
}

/** PostgreSQL stores neither NUL nor half a surrogate pair, and `__proto__` has no honest use as a key. */
function refuseUnstorable(root: unknown): void {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === 'string') refuseText(value)
    if (typeof value !== 'object' || value === null) continue
    for (const key of Object.keys(value)) {
      refuseText(key)
      if (key === '__proto__') throw new AppError('malformed_request', 'The key __proto__ is not allowed.')
    }
    for (const child of Object.values(value)) open.push(child)
  }
}

export function refuseText(text: string): void {
  if (!isStorable(text)) {
    throw new AppError('malformed_request', 'The text has a NUL character or half of a surrogate pair.')
  }
}

export function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text)
}
