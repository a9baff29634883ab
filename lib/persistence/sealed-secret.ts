import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const form = 's1:'
const nonceBytes = 12
const tagBytes = 16

export class SealedSecretError extends Error {
  override readonly name = 'SealedSecretError'
}

/**
 * AES-256-GCM under the master key: `s1:` and base64url of nonce, ciphertext and tag. The object's id is bound
 * in, so that a sealed text copied to another object does not open.
 */
export function sealSecret(masterKey: Uint8Array, objectId: string, secret: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(objectId))
  const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return form + sealed.toString('base64url')
}

/** Throws `SealedSecretError` when the key, the object or the text is another one. */
export function openSecret(masterKey: Uint8Array, objectId: string, sealed: string): string {
  if (!sealed.startsWith(form)) throw new SealedSecretError('The sealed secret has an unknown form.')
  const bytes = Buffer.from(sealed.slice(form.length), 'base64url')
  if (bytes.length < nonceBytes + tagBytes) throw new SealedSecretError('The sealed secret is cut short.')
  const decipher = createDecipheriv('aes-256-gcm', masterKey, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(objectId)).setAuthTag(bytes.subarray(-tagBytes))
  try {
    const opened = decipher.update(bytes.subarray(nonceBytes, -tagBytes))
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new SealedSecretError('The sealed secret does not open with this master key.', { cause })
  }
}
