import type { FilePart, ImagePart, MediaSource, Part } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, textOf } from '@/lib/protocols/json-reading.ts'

type BlockKind = 'image' | 'document' | 'video'

/** The formats that Converse names, by media type. */
const formats: ReadonlyMap<string, { readonly kind: BlockKind; readonly format: string }> = new Map([
  ['image/png', { kind: 'image', format: 'png' }],
  ['image/jpeg', { kind: 'image', format: 'jpeg' }],
  ['image/gif', { kind: 'image', format: 'gif' }],
  ['image/webp', { kind: 'image', format: 'webp' }],
  ['application/pdf', { kind: 'document', format: 'pdf' }],
  ['text/csv', { kind: 'document', format: 'csv' }],
  ['application/msword', { kind: 'document', format: 'doc' }],
  [
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    { kind: 'document', format: 'docx' },
  ],
  ['application/vnd.ms-excel', { kind: 'document', format: 'xls' }],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', { kind: 'document', format: 'xlsx' }],
  ['text/html', { kind: 'document', format: 'html' }],
  ['text/plain', { kind: 'document', format: 'txt' }],
  ['text/markdown', { kind: 'document', format: 'md' }],
  ['video/mp4', { kind: 'video', format: 'mp4' }],
  ['video/quicktime', { kind: 'video', format: 'mov' }],
  ['video/webm', { kind: 'video', format: 'webm' }],
  ['video/x-matroska', { kind: 'video', format: 'mkv' }],
])

const mediaTypes: ReadonlyMap<string, string> = new Map(
  [...formats].map(([mediaType, { kind, format }]) => [`${kind}/${format}`, mediaType]),
)

/** Converse takes bytes, and addresses of S3 only; null for what it cannot take. */
export function writeMedia(part: ImagePart | FilePart, dropped: DroppedFields): JsonObject | null {
  if (part.type === 'image' && part.detail !== null && part.detail !== 'auto') dropped.add('image_url.detail')
  const written = write(part)
  if (written === null) dropped.add(part.type === 'image' ? 'image_url' : 'file')
  return written
}

function write(part: ImagePart | FilePart): JsonObject | null {
  const source = writeSource(part.source)
  const format = formats.get(mediaTypeOf(part.source) ?? '')
  if (source === null || format === undefined) return null
  const block: JsonObject = { format: format.format, source }
  if (format.kind === 'document') {
    block['name'] = documentName(part.type === 'file' ? part.name : null)
  }
  return { [format.kind]: block }
}

function writeSource(source: MediaSource): JsonObject | null {
  if (source.kind === 'data') return { bytes: source.data }
  return source.url.startsWith('s3://') ? { s3Location: { uri: source.url } } : null
}

function mediaTypeOf(source: MediaSource): string | null {
  if (source.kind === 'data') return source.mediaType === 'image/jpg' ? 'image/jpeg' : source.mediaType
  const ending = /\.([a-z0-9]+)$/i.exec(source.url)?.[1]?.toLowerCase()
  const format = ending === 'jpg' ? 'jpeg' : ending
  return [...formats].find(([, known]) => known.format === format)?.[0] ?? null
}

/** Letters, digits, single spaces, hyphens and brackets; a name is demanded. */
function documentName(name: string | null): string {
  const allowed = (name ?? '')
    .replaceAll(/[^A-Za-z0-9\s()[\]-]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return allowed === '' ? 'document' : allowed.slice(0, 200)
}

/** Empty where the block holds no media of a known kind. */
export function readMedia(block: JsonObject): readonly (Part & { type: 'image' | 'file' })[] {
  for (const kind of ['image', 'document', 'video'] as const) {
    const media = block[kind]
    if (media !== undefined) return readBlock(kind, objectOf(media))
  }
  return []
}

function readBlock(kind: BlockKind, media: JsonObject): readonly (Part & { type: 'image' | 'file' })[] {
  const source = readSource(kind, textOf(media['format']) ?? '', objectOf(media['source']))
  if (source === null) return []
  if (kind === 'image') return [{ type: 'image', source, detail: null }]
  return [{ type: 'file', source, name: textOf(media['name']) }]
}

function readSource(kind: BlockKind, format: string, source: JsonObject): MediaSource | null {
  const mediaType = mediaTypes.get(`${kind}/${format}`) ?? `${kind}/${format}`
  const bytes = textOf(source['bytes'])
  if (bytes !== null) return { kind: 'data', mediaType, data: bytes }
  const plain = textOf(source['text'])
  if (plain !== null) return { kind: 'data', mediaType, data: Buffer.from(plain).toString('base64') }
  const uri = textOf(objectOf(source['s3Location'])['uri'])
  return uri === null ? null : { kind: 'url', url: uri }
}
