import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { CertificatePreview } from '@/lib/domain/certificate.ts'
import { derTags, integersWithin, readDer } from './der.ts'
import { derOf, type PemBlock, pemBlocks } from './pem-blocks.ts'

export type CertificateComplaint = CertificatePreview['errors'][number]

export type KeyReading =
  | { readonly key: KeyObject; readonly complaint: null }
  | { readonly key: null; readonly complaint: CertificateComplaint }

/** Rounds of a key's encryption. More would hold up everybody who uses the console. */
const roundsMax = 1_000_000n

export function readPrivateKey(pem: string, passphrase: string | null): KeyReading {
  const blocks = pemBlocks(pem)
  const keys = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'))
  const [block] = keys
  if (block === undefined) {
    return blocks.some(({ label }) => label === 'CERTIFICATE')
      ? refuse('key', 'not_a_key', 'This is a certificate. Paste its private key here.')
      : refuse('key', 'not_pem', 'This is not a PEM key. It begins with -----BEGIN PRIVATE KEY-----.')
  }
  if (keys.length > 1) return refuse('key', 'several_keys', 'There is more than one key. Paste one.')
  const isEncrypted = block.label.startsWith('ENCRYPTED') || block.text.includes('Proc-Type: 4,ENCRYPTED')
  if (isEncrypted && (passphrase ?? '') === '') {
    return refuse('passphrase', 'passphrase_missing', 'The key is encrypted. Type its passphrase.')
  }
  if (isEncrypted && isTooSlow(block)) {
    return refuse(
      'key',
      'key_too_slow',
      'The encryption of this key takes too long to open. Encrypt it anew.',
    )
  }
  try {
    const options = { key: block.text, format: 'pem' } as const
    const key = createPrivateKey(isEncrypted ? { ...options, passphrase: passphrase ?? '' } : options)
    return { key, complaint: null }
  } catch {
    return isEncrypted
      ? refuse('passphrase', 'passphrase_wrong', 'The passphrase does not open the key.')
      : refuse('key', 'unreadable', 'The key could not be read.')
  }
}

/** The rounds stand in the algorithm, before what is encrypted (RFC 8018 §6.2). */
function isTooSlow(block: PemBlock): boolean {
  if (block.text.includes('Proc-Type:')) return false
  const [outer] = readDer(derOf(block))
  const [algorithm] = outer?.tag === derTags.sequence ? readDer(outer.content) : []
  return algorithm === undefined || integersWithin(algorithm.content).some((value) => value > roundsMax)
}

function refuse(path: string, code: string, message: string): KeyReading {
  return { key: null, complaint: { path, code, message } }
}
