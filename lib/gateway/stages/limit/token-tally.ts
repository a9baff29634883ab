import { isJsonObject } from '@/lib/protocols/json.ts'

const lineFeed = 10
const carriageReturn = 13
/** Of text, as English has them. */
const bytesPerToken = 4
/** Of an image, a sound or a file within a request, however large it is written. */
const embeddedTokens = 1_000
/** Nobody nests deeper what is counted. */
const depthMax = 64

/** Stands in where a service does not say how many tokens its answer has. */
export class TokenTally {
  bytes = 0
  #events = 0
  #lineBytes = 0

  push(chunk: Buffer): void {
    this.bytes += chunk.length
    for (const byte of chunk) {
      if (byte !== lineFeed) {
        if (byte !== carriageReturn) this.#lineBytes += 1
        continue
      }
      // An empty line ends an event.
      if (this.#lineBytes === 0) this.#events += 1
      this.#lineBytes = 0
    }
  }

  /** One for each event of a stream; of any other answer one for four bytes. */
  get tokens(): number {
    return this.#events > 0 ? this.#events : Math.ceil(this.bytes / bytesPerToken)
  }
}

/** Stands in where a service does not say how many tokens it read: one for four bytes of the request's texts. */
export function estimateTokens(body: Buffer): number {
  try {
    return Math.ceil(tokensIn(JSON.parse(body.toString()), '', depthMax))
  } catch {
    return Math.ceil(body.length / bytesPerToken)
  }
}

function tokensIn(value: unknown, name: string, depth: number): number {
  if (typeof value === 'string') {
    const tokens = Buffer.byteLength(value) / bytesPerToken
    return name === 'data' || value.startsWith('data:') ? Math.min(tokens, embeddedTokens) : tokens
  }
  if (depth === 0) return 0
  let sum = 0
  if (Array.isArray(value)) for (const one of value) sum += tokensIn(one, name, depth - 1)
  else if (isJsonObject(value)) {
    for (const key in value) sum += tokensIn(value[key], key, depth - 1)
  }
  return sum
}
