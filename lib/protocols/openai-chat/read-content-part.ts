import type { Part } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { fieldPath, readObject, readString, requireString } from '@/lib/protocols/json-reading.ts'
import { toMediaSource } from '@/lib/protocols/media-source.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** Null: a part that has no like in other formats, named as dropped. */
export function readContentPart(part: JsonObject, path: string, dropped: DroppedFields): Part | null {
  const type = requireString(part, 'type', path)
  switch (type) {
    case 'text': {
      const text = requireString(part, 'text', path)
      return readObject(part, 'cache_control', path) === null
        ? { type: 'text', text }
        : { type: 'text', text, cached: true }
    }
    case 'refusal':
      return { type: 'refusal', text: requireString(part, 'refusal', path) }
    case 'image_url':
      return readImage(part, path)
    case 'input_audio': {
      const audio = requireObject(part, 'input_audio', path)
      const at = fieldPath(path, 'input_audio')
      const mediaType = readString(audio, 'format', at) === 'mp3' ? 'audio/mpeg' : 'audio/wav'
      return { type: 'audio', source: { kind: 'data', mediaType, data: requireString(audio, 'data', at) } }
    }
    case 'file':
      return readFile(requireObject(part, 'file', path), fieldPath(path, 'file'), dropped)
    default:
      dropped.add(`messages[].content[].${type}`)
      return null
  }
}

function readImage(part: JsonObject, path: string): Part {
  const image = requireObject(part, 'image_url', path)
  const at = fieldPath(path, 'image_url')
  const detail = readString(image, 'detail', at)
  return {
    type: 'image',
    source: toMediaSource(requireString(image, 'url', at)),
    detail: detail === 'low' || detail === 'high' || detail === 'auto' ? detail : null,
  }
}

function readFile(file: JsonObject, path: string, dropped: DroppedFields): Part | null {
  const data = readString(file, 'file_data', path)
  if (data === null) {
    // It lies in the account of the provider that the caller meant.
    dropped.add('messages[].content[].file.file_id')
    return null
  }
  return { type: 'file', source: toMediaSource(data), name: readString(file, 'filename', path) }
}

function requireObject(object: JsonObject, key: string, path: string): JsonObject {
  const value = readObject(object, key, path)
  if (value === null) throw new ProtocolError(`${fieldPath(path, key)} is missing.`, fieldPath(path, key))
  return value
}
