import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { KeptCount, LimitBook } from './limit-book.ts'
import { limitSpans } from './limit-span.ts'

const formatVersion = 1
const head = z.object({ format: z.literal(formatVersion), salt: z.string().min(1) })
/** rule, span, value, whether callers choose the value, count */
const line = z.tuple([z.string(), z.enum(limitSpans), z.string(), z.boolean(), z.array(z.number().min(0))])

const writeEveryMs = 1_000
/** The file is written anew when so much was added to it. */
const addedBytesMax = 4_194_304

/**
 * Keeps what a book counts over restarts: each second what has changed is added to a file, a line each, of which the
 * last counts. A process that is killed loses that second at most. Whatever cannot be read counts from nothing.
 */
export class LimitJournal {
  readonly #book: LimitBook
  readonly #file: string
  readonly #onTrouble: (reason: string) => void
  readonly #timer: NodeJS.Timeout
  #addedBytes = Number.POSITIVE_INFINITY
  #isTroubled = false

  /** Fills the book at once. */
  constructor(file: string, book: LimitBook, onTrouble: (reason: string) => void) {
    this.#file = file
    this.#book = book
    this.#onTrouble = onTrouble
    this.#try(() => this.#load())
    this.#timer = setInterval(() => this.write(), writeEveryMs).unref()
  }

  /** Everything that was counted up to now. */
  write(): void {
    const changed = this.#book.takeChanged()
    if (changed.length === 0) return
    this.#try(() => {
      // After a write that failed half of a line may stand at the end.
      if (this.#addedBytes > addedBytesMax) this.#writeAnew()
      else {
        const text = changed.map(lineOf).join('')
        this.#addedBytes += Buffer.byteLength(text)
        appendFileSync(this.#file, text)
      }
    })
  }

  close(): void {
    clearInterval(this.#timer)
    this.write()
  }

  #load(): void {
    let text: string
    try {
      text = readFileSync(this.#file, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
      throw error
    }
    const [first = '', ...lines] = text.split('\n')
    const known = head.safeParse(parse(first))
    if (!known.success) throw new Error(`${this.#file} is no book of limits`)
    this.#book.salt = known.data.salt
    for (const text of lines) {
      const read = line.safeParse(parse(text))
      // The last one may be half a line.
      if (!read.success) continue
      const [rule, span, value, isOpen, count] = read.data
      this.#book.restore({ rule, span, value, isOpen, count })
    }
  }

  /** Whole or not at all, for this user alone. */
  #writeAnew(): void {
    const temporary = `${this.#file}.tmp`
    mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 })
    rmSync(temporary, { force: true })
    const file = openSync(temporary, 'wx', 0o600)
    try {
      const top = JSON.stringify({ format: formatVersion, salt: this.#book.salt })
      writeSync(file, [`${top}\n`, ...this.#book.kept().map(lineOf)].join(''))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, this.#file)
    this.#addedBytes = 0
  }

  #try(act: () => void): void {
    try {
      act()
      this.#isTroubled = false
    } catch (error) {
      this.#addedBytes = Number.POSITIVE_INFINITY
      if (!this.#isTroubled) this.#onTrouble(error instanceof Error ? error.message : String(error))
      this.#isTroubled = true
    }
  }
}

function lineOf({ rule, span, value, isOpen, count }: KeptCount): string {
  return `${JSON.stringify([rule, span, value, isOpen, count])}\n`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
