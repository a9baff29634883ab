import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** Shorter ones are words that may stand anywhere. */
const secretLengthMin = 6
/** Of longer ones the last characters say which it is, and no more. */
const hintedLengthMin = 16
const hintLength = 4
const dots = '••••'

/** Fields of keys made of several that anybody may know. */
const publicFields = /^(?:type|project_id|client_email|client_id|universe_domain|region|\w+_ur[il])$/

/** What stands for a secret. */
export function masked(secret: string): string {
  return secret.length < hintedLengthMin ? dots : dots + secret.slice(-hintLength)
}

/**
 * Takes known secrets out of bytes, in each of the forms in which they are written. Works on bytes, so that text in any
 * encoding, and bytes that are none, come out as they were but for the secrets.
 */
export class Redactor {
  /** By each form of it, one character for each byte. */
  readonly #masks = new Map<string, string>()
  #pattern: RegExp | null = null
  #lengthMax = 0
  #beginnings = new Set<number>()

  constructor(secrets: Iterable<string>) {
    this.add(secrets)
  }

  add(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      if (secret.length < secretLengthMin) continue
      const mask = latin1Of(masked(secret))
      for (const form of formsOf(secret)) this.#masks.set(latin1Of(form), mask)
    }
    const forms = [...this.#masks.keys()].sort((left, right) => right.length - left.length)
    this.#lengthMax = forms[0]?.length ?? 0
    this.#beginnings = new Set(forms.map((form) => form.charCodeAt(0)))
    this.#pattern = forms.length === 0 ? null : new RegExp(forms.map(escaped).join('|'), 'g')
  }

  bytes(bytes: Buffer): Buffer {
    const pattern = this.#pattern
    if (pattern === null) return bytes
    const before = bytes.toString('latin1')
    const after = before.replace(pattern, (found) => this.#masks.get(found) ?? '')
    return after === before ? bytes : Buffer.from(after, 'latin1')
  }

  text(text: string): string {
    return this.#pattern === null ? text : this.bytes(Buffer.from(text)).toString()
  }

  /** How many bytes at the end may be the beginning of a secret whose rest is still to come. */
  openEnd(bytes: Buffer): number {
    for (let at = Math.max(bytes.length - this.#lengthMax + 1, 0); at < bytes.length; at += 1) {
      if (!this.#beginnings.has(bytes[at] as number)) continue
      const end = bytes.toString('latin1', at)
      for (const form of this.#masks.keys()) {
        if (form.length > end.length && form.startsWith(end)) return bytes.length - at
      }
    }
    return 0
  }
}

/** What of these services nobody may see. */
export function secretsOf(services: Iterable<UpstreamServiceSnapshot>): string[] {
  const secrets: string[] = []
  for (const { upstream } of services) {
    if (upstream.kind === 'provider') for (const { value } of upstream.keys) secrets.push(...partsOf(value))
    if (upstream.tls?.client != null) secrets.push(upstream.tls.client.key)
  }
  return secrets
}

/** A key of several fields is a JSON object of them. */
function partsOf(value: string): string[] {
  const parts = [value]
  try {
    const fields: unknown = JSON.parse(value)
    if (typeof fields !== 'object' || fields === null) return parts
    for (const [name, field] of Object.entries(fields)) {
      if (typeof field === 'string' && !publicFields.test(name)) parts.push(field)
    }
  } catch {
    // A key of one field is its text.
  }
  return parts
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64')
  const inJson = JSON.stringify(secret).slice(1, -1)
  return [secret, encodeURIComponent(secret), inJson, base64, base64.replace(/=+$/, '')]
}

function latin1Of(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
