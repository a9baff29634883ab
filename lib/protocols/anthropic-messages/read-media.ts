import type { MediaSource, Part } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { readObject, readString, requireString } from '@/lib/protocols/json-reading.ts'

/** Null: it lies in the account of the provider that the caller meant. */
export function readImage(block: JsonObject, path: string): Part | null {
  const source = readSource(block, path)
  return source === null ? null : { type: 'image', source, detail: null }
}

/** As `readImage`. */
export function readDocument(block: JsonObject, path: string): Part | null {
  const source = readSource(block, path)
  return source === null ? null : { type: 'file', source, name: readString(block, 'title', path) }
}

function readSource(block: JsonObject, path: string): MediaSource | null {
  const source = readObject(block, 'source', path) ?? {}
  const at = `${path}.source`
  switch (readString(source, 'type', at)) {
    case 'url':
      return { kind: 'url', url: requireString(source, 'url', at) }
    case 'base64':
      return {
        kind: 'data',
        mediaType: requireString(source, 'media_type', at),
        data: requireString(source, 'data', at),
      }
    case 'text': {
      const data = Buffer.from(requireString(source, 'data', at), 'utf8').toString('base64')
      return { kind: 'data', mediaType: readString(source, 'media_type', at) ?? 'text/plain', data }
    }
    default:
      return null
  }
}
