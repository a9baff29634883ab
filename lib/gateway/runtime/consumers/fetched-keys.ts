import { GatewayError } from '@/lib/gateway/error.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { ProviderTools } from '@/lib/providers/provider.ts'
import { JwkSet } from './jwk-set.ts'
import { JwksError, readJwks } from './read-jwks.ts'
import type { TokenHeader, VerificationKey, VerificationKeys } from './verification-keys.ts'

/** Asked for again after this, while the old ones go on serving. */
const freshMs = 600_000
/** Older ones prove nothing before they were asked for again: a key may have been taken back since. */
const usableMs = 3_600_000
/** Between two questions, however many tokens name keys that nobody knows. */
const floorMs = 30_000
/** After a first failure; doubled with each further one, up to the floor. */
const pauseMs = 1_000
const bytesMax = 262_144

interface Kept {
  /** What the set was read from: equal texts are equal keys. */
  readonly text: string
  readonly set: JwkSet
}

/**
 * Keys that an issuer publishes at an address. The last good ones serve while it does not answer; a token that names
 * another key has them asked for again, in one question for all that wait, and not more often than the floor allows.
 */
export class FetchedKeys implements VerificationKeys {
  readonly #url: string
  readonly #fetch: ProviderTools['fetch']
  readonly #logger: Logger
  #kept: Kept | null = null
  #version = 0
  #answeredAt = 0
  #mayAskAt = 0
  #failures = 0
  #question: Promise<void> | null = null

  constructor(url: string, fetch: ProviderTools['fetch'], logger: Logger) {
    this.#url = url
    this.#fetch = fetch
    this.#logger = logger
  }

  versionAt(now: number): number | null {
    const age = now - this.#answeredAt
    if (this.#kept === null || (age >= usableMs && this.#mayAsk(now))) return null
    if (age >= freshMs) void this.#ask(now)
    return this.#version
  }

  async find(header: TokenHeader, now: number): Promise<readonly VerificationKey[]> {
    if (this.#kept === null || now - this.#answeredAt >= usableMs) await this.#ask(now)
    const kept = this.#kept
    if (kept === null) throw unavailable(this.#url)
    const keys = await kept.set.find(header)
    if (keys.length > 0) {
      this.versionAt(now)
      return keys
    }
    await this.#ask(now)
    const { set } = this.#kept ?? kept
    return set === kept.set ? [] : await set.find(header)
  }

  #mayAsk(now: number): boolean {
    return this.#question !== null || now >= this.#mayAskAt
  }

  /** Never rejects. Without a question where it is too early for one. */
  #ask(now: number): Promise<void> {
    if (this.#question !== null) return this.#question
    if (now < this.#mayAskAt) return Promise.resolve()
    this.#mayAskAt = now + floorMs
    this.#question = this.#askOnce(now).finally(() => {
      this.#question = null
    })
    return this.#question
  }

  async #askOnce(now: number): Promise<void> {
    try {
      const text = await this.#answer()
      if (text !== this.#kept?.text) {
        this.#kept = { text, set: new JwkSet(readJwks(text)) }
        this.#version += 1
      }
      this.#answeredAt = now
      this.#failures = 0
    } catch (error) {
      this.#mayAskAt = now + Math.min(floorMs, pauseMs * 2 ** Math.min(this.#failures, 10))
      this.#failures += 1
      const reason = error instanceof Error ? error.message : String(error)
      const facts = { jwks: shown(this.#url), reason, hasKeys: this.#kept !== null }
      this.#logger.warn(facts, 'the keys of an issuer of tokens could not be had')
    }
  }

  async #answer(): Promise<string> {
    const headers = ['accept', 'application/jwk-set+json, application/json']
    const { status, body } = await this.#fetch({ url: this.#url, method: 'GET', headers, body: null })
    if (status !== 200) throw new JwksError(`The issuer answered ${status}.`)
    if (body.length > bytesMax) throw new JwksError(`The answer is larger than ${bytesMax} bytes.`)
    return body.toString()
  }
}

function unavailable(url: string): GatewayError {
  const message = 'The keys of the issuer of this token could not be had yet. Try again in a moment.'
  return new GatewayError('issuer_keys_unavailable', message, { internal: `No keys from ${shown(url)}.` })
}

/** A query may hold what is nobody's business. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
