import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

/** Format 2: magic, salt, iv, the sealed lines, tag. The tag comes last, so that sealing needs no second pass. */
const magic = Buffer.from('SWYD2')
const saltBytes = 16
const ivBytes = 12
const tagBytes = 16
const headerBytes = magic.length + saltBytes + ivBytes
/** A piece is sealed within a fraction of a millisecond. */
const pieceCharacters = 131_072

/** AES-256-GCM under a key that HKDF derives from the node's token; a little at a time. */
export function* sealLines(lines: SnapshotLines, nodeToken: string): Generator<Buffer> {
  const salt = randomBytes(saltBytes)
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(nodeToken, salt), iv)
  cipher.setAAD(magic)
  yield Buffer.concat([magic, salt, iv])
  let piece = ''
  for (const line of lines) {
    piece += piece === '' ? line : `\n${line}`
    if (piece.length < pieceCharacters) continue
    yield cipher.update(`${piece}\n`, 'latin1')
    piece = ''
  }
  yield Buffer.concat([cipher.update(piece, 'latin1'), cipher.final(), cipher.getAuthTag()])
}

/** Null for what is no such file. Throws on one that this token does not open. */
export function unsealLines(bytes: Buffer, nodeToken: string): string[] | null {
  if (bytes.length < headerBytes + tagBytes) return null
  if (!bytes.subarray(0, magic.length).equals(magic)) return null
  const salt = bytes.subarray(magic.length, magic.length + saltBytes)
  const iv = bytes.subarray(magic.length + saltBytes, headerBytes)
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(nodeToken, salt), iv)
  decipher.setAAD(magic)
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  const text = decipher.update(bytes.subarray(headerBytes, -tagBytes), undefined, 'latin1')
  return (text + decipher.final('latin1')).split('\n').filter((line) => line !== '')
}

function deriveKey(nodeToken: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', nodeToken, salt, 'switchyard last good snapshot', 32))
}
