import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

const magic = Buffer.from('SWYD1')
const saltBytes = 16
const ivBytes = 12
const tagBytes = 16
const headerBytes = magic.length + saltBytes + ivBytes + tagBytes

/**
 * The last good snapshot on disk, so that a node serves and restarts without its console. It holds tokens,
 * hence mode 0600 and AES-256-GCM under a key that HKDF derives from the node's token.
 */
export class SnapshotStore {
  readonly #path: string
  readonly #nodeToken: string
  #next: string | null = null
  #saving: Promise<void> | null = null

  constructor(path: string, nodeToken: string) {
    this.#path = path
    this.#nodeToken = nodeToken
  }

  /** Saves one at a time; of those that come meanwhile only the last is written. */
  save(text: string): Promise<void> {
    this.#next = text
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null
    })
    return this.#saving
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#saving?.catch(() => {})
  }

  /** Null where there is none, or none that this token opens. */
  async load(): Promise<string | null> {
    try {
      return unseal(await readFile(this.#path), this.#nodeToken)
    } catch {
      return null
    }
  }

  async #saveAll(): Promise<void> {
    while (this.#next !== null) {
      const text = this.#next
      this.#next = null
      await this.#write(seal(text, this.#nodeToken))
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
    const temporary = `${this.#path}.${process.pid}.tmp`
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, this.#path)
  }
}

function seal(text: string, nodeToken: string): Buffer {
  const salt = randomBytes(saltBytes)
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(nodeToken, salt), iv)
  cipher.setAAD(magic)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([magic, salt, iv, cipher.getAuthTag(), sealed])
}

function unseal(bytes: Buffer, nodeToken: string): string | null {
  if (bytes.length < headerBytes || !bytes.subarray(0, magic.length).equals(magic)) return null
  const parts = bytes.subarray(magic.length)
  const salt = parts.subarray(0, saltBytes)
  const iv = parts.subarray(saltBytes, saltBytes + ivBytes)
  const tag = parts.subarray(saltBytes + ivBytes, saltBytes + ivBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(nodeToken, salt), iv)
  decipher.setAAD(magic)
  decipher.setAuthTag(tag)
  const text = decipher.update(parts.subarray(saltBytes + ivBytes + tagBytes), undefined, 'utf8')
  return text + decipher.final('utf8')
}

function deriveKey(nodeToken: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', nodeToken, salt, 'switchyard last good snapshot', 32))
}
