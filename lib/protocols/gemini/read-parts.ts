import type { AudioPart, FilePart, ImagePart, MediaSource, Part } from '@/lib/protocols/canonical.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, textOf } from '@/lib/protocols/json-reading.ts'
import { camelKeys } from './camel-keys.ts'

/** Names a call that has no id of its own. */
export type NameCall = () => string

/** What the model wrote. Parts of kinds that no other format knows (code it ran) are passed over. */
export function readModelPart(raw: JsonObject, nameCall: NameCall): readonly Part[] {
  const part = camelKeys(raw)
  const signature = textOf(part['thoughtSignature'])
  const text = textOf(part['text'])
  if (part['functionCall'] !== undefined)
    return [readCall(objectOf(part['functionCall']), signature, nameCall)]
  if (part['thought'] === true) {
    return text || signature ? [{ type: 'reasoning', text: text ?? '', signature }] : []
  }
  const content = text ? [{ type: 'text', text } as const] : readMedia(part)
  return signature === null ? content : [...content, { type: 'reasoning', text: '', signature }]
}

function readCall(call: JsonObject, signature: string | null, nameCall: NameCall): Part {
  return {
    type: 'tool-call',
    id: textOf(call['id']) ?? nameCall(),
    name: textOf(call['name']) ?? '',
    arguments: stringifyExact(call['args'] ?? {}),
    ...(signature === null ? {} : { signature }),
  }
}

/** Empty where the part holds none. */
export function readMedia(part: JsonObject): readonly (ImagePart | FilePart | AudioPart)[] {
  const inline = camelKeys(objectOf(part['inlineData']))
  const file = camelKeys(objectOf(part['fileData']))
  const mediaType = textOf(inline['mimeType']) ?? textOf(file['mimeType']) ?? ''
  const source = sourceOf(mediaType, textOf(inline['data']), textOf(file['fileUri']))
  if (source === null) return []
  if (mediaType.startsWith('image/')) return [{ type: 'image', source, detail: null }]
  if (mediaType.startsWith('audio/')) return [{ type: 'audio', source }]
  return [{ type: 'file', source, name: textOf(inline['displayName']) }]
}

function sourceOf(mediaType: string, data: string | null, url: string | null): MediaSource | null {
  if (data !== null) return { kind: 'data', mediaType, data }
  return url === null ? null : { kind: 'url', url }
}
