import type { MediaSource } from './canonical.ts'

/** An address, or the data within it where it is a `data:` address in base64. */
export function toMediaSource(url: string): MediaSource {
  const comma = url.startsWith('data:') ? url.indexOf(',') : -1
  if (comma === -1) return { kind: 'url', url }
  const [mediaType, ...parameters] = url.slice('data:'.length, comma).split(';')
  if (parameters.at(-1) !== 'base64') return { kind: 'url', url }
  return { kind: 'data', mediaType: mediaType || 'application/octet-stream', data: url.slice(comma + 1) }
}

export function toUrl(source: MediaSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
}
