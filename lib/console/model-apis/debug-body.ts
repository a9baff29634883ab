import { fieldError } from '@/lib/console/field-error.ts'
import { type DebugInput, debugBodyMax } from '@/lib/domain/debug.ts'

export interface EncodedBody {
  readonly bytes: Buffer
  readonly contentType: string
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** The body as it is sent; null: none. Throws `invalid_input`. */
export async function encodeBody({ method, body }: DebugInput): Promise<EncodedBody | null> {
  if (body === null) return null
  if (method === 'GET') throw fieldError('body', 'body_not_taken', 'A GET has no body. Leave it out.')
  const encoded =
    body.type === 'json'
      ? { bytes: Buffer.from(body.text), contentType: 'application/json' }
      : await encodeForm(body.parts)
  if (encoded.bytes.length > debugBodyMax) {
    throw fieldError('body', 'body_too_large', 'The body is larger than 10 MiB.')
  }
  return encoded
}

type FormParts = Extract<DebugInput['body'], { type: 'form' }>['parts']

/** RFC 7578, as browsers write it. */
async function encodeForm(parts: FormParts): Promise<EncodedBody> {
  const form = new FormData()
  for (const [index, part] of parts.entries()) {
    if (part.type === 'text') {
      form.append(part.name, part.value)
      continue
    }
    if (!base64.test(part.content)) {
      throw fieldError(`body.parts.${index}.content`, 'not_base64', 'This file is not written in base64.')
    }
    const blob = new Blob([Buffer.from(part.content, 'base64')], { type: part.contentType })
    form.append(part.name, blob, part.fileName)
  }
  const written = new Response(form)
  const bytes = Buffer.from(await written.arrayBuffer())
  return { bytes, contentType: written.headers.get('content-type') ?? 'multipart/form-data' }
}
