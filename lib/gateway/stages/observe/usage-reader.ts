import { StreamEnds } from '@/lib/gateway/stages/observe/stream-ends.ts'
import type { Usage } from '@/lib/protocols/canonical.ts'

/** Tokens that an upstream says it used; null where it does not say. */
export interface TokenUsage {
  readonly input: number | null
  readonly output: number | null
  /** Of `input`: read from a cache. */
  readonly cached: number | null
  /** Of `output`: what the model thought. */
  readonly reasoning: number | null
}

/** As a conversion has read it. */
export function tokenUsage({ input, output, cachedInput, reasoning }: Usage): TokenUsage {
  return {
    input: count(input),
    output: count(output),
    cached: count(cachedInput),
    reasoning: count(reasoning),
  }
}

const needle = Buffer.from('"usage"')
/** So many at most are looked at from each end: a hostile answer may be full of them, each without an end. */
const candidatesMax = 16
/** What claims to be more, or less than nothing, is no count: sums and quotas would never recover from it. */
const countMax = 2_147_483_647
const openBrace = 123
const closeBrace = 125
const quote = 34
const backslash = 92

/**
 * Reads usage on the side: keeps the first and last bytes that passed and looks at them once, at the end. OpenAI
 * puts usage at the end (or in `choices[0]`), Anthropic input first and output last. Of a stream the bytes are
 * copied: references to its many small chunks would outlive the young generation and cost far more.
 */
export class UsageReader {
  #only: Buffer | null = null
  #ends: StreamEnds | null = null

  push(chunk: Buffer): void {
    if (this.#ends !== null) this.#ends.push(chunk)
    else if (this.#only === null) this.#only = chunk
    else {
      this.#ends = new StreamEnds()
      this.#ends.push(this.#only)
      this.#ends.push(chunk)
      this.#only = null
    }
  }

  /** The last bytes that passed: all of one chunk, or at least 4 KiB of several. */
  get tail(): Buffer {
    return this.#only ?? this.#ends?.tail ?? nothing
  }

  read(): TokenUsage {
    const head = this.#only ?? this.#ends?.head
    const tail = this.#only ?? this.#ends?.tail
    if (head === undefined || tail === undefined) return unknownUsage
    const last = lastUsage(tail)
    if (last.input !== null && last.output !== null) return last
    const first = firstUsage(head)
    return {
      input: last.input ?? first.input,
      output: last.output ?? first.output,
      cached: last.cached ?? first.cached,
      reasoning: last.reasoning ?? first.reasoning,
    }
  }
}

const nothing = Buffer.alloc(0)
const unknownUsage: TokenUsage = { input: null, output: null, cached: null, reasoning: null }

/** The last usage that is not null; never a sum, because streams repeat cumulative numbers. */
function lastUsage(bytes: Buffer): TokenUsage {
  let at = bytes.lastIndexOf(needle)
  for (let left = candidatesMax; at !== -1 && left > 0; left--) {
    const usage = usageAt(bytes, at + needle.length)
    if (usage !== null) return usage
    at = at === 0 ? -1 : bytes.lastIndexOf(needle, at - 1)
  }
  return unknownUsage
}

function firstUsage(bytes: Buffer): TokenUsage {
  let at = bytes.indexOf(needle)
  for (let left = candidatesMax; at !== -1 && left > 0; left--) {
    const usage = usageAt(bytes, at + needle.length)
    if (usage !== null) return usage
    at = bytes.indexOf(needle, at + 1)
  }
  return unknownUsage
}

function usageAt(bytes: Buffer, afterName: number): TokenUsage | null {
  let start = afterName
  while (start < bytes.length && isSpaceOrColon(bytes[start])) start++
  if (bytes[start] !== openBrace) return null
  const end = objectEnd(bytes, start)
  if (end === -1) return null
  try {
    return toUsage(JSON.parse(bytes.toString('utf8', start, end)))
  } catch {
    return null
  }
}

function isSpaceOrColon(byte: number | undefined): boolean {
  return byte === 58 || byte === 32 || byte === 10 || byte === 13 || byte === 9
}

/** One past the brace that closes the object at `start`; -1 when it does not close. */
function objectEnd(bytes: Buffer, start: number): number {
  let depth = 0
  let inString = false
  for (let index = start; index < bytes.length; index++) {
    const byte = bytes[index]
    if (inString) {
      if (byte === backslash) index++
      else if (byte === quote) inString = false
    } else if (byte === quote) inString = true
    else if (byte === openBrace) depth++
    else if (byte === closeBrace && --depth === 0) return index + 1
  }
  return -1
}

function toUsage(value: Record<string, unknown>): TokenUsage | null {
  const input = count(value['prompt_tokens']) ?? count(value['input_tokens'])
  const output = count(value['completion_tokens']) ?? count(value['output_tokens'])
  if (input === null && output === null) return null
  const cached = count(value['cache_read_input_tokens']) ?? within(value, inputDetails, 'cached_tokens')
  return { input, output, cached, reasoning: within(value, outputDetails, 'reasoning_tokens') }
}

const inputDetails = ['prompt_tokens_details', 'input_tokens_details']
const outputDetails = ['completion_tokens_details', 'output_tokens_details']

function within(usage: Record<string, unknown>, parts: readonly string[], name: string): number | null {
  for (const part of parts) {
    const details = usage[part]
    if (typeof details === 'object' && details !== null)
      return count((details as Record<string, unknown>)[name])
  }
  return null
}

function count(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= countMax ? value : null
}
