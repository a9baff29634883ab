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

/** What a journal keeps, as lines without their ends. */
export interface KeptLines {
  /** Tells a file of this kind from others. */
  head(): string
  /** Everything. */
  all(): string[]
  /** What is new since the last time. */
  takeChanged(): string[]
  /** False: the head is of no such file. Of two lines about one thing the later one counts; one may be half. */
  load(head: string, lines: readonly string[]): boolean
}

export interface LineJournalOptions {
  readonly file: string
  /** In the words of an error: what the file is to be. */
  readonly what: string
  readonly kept: KeptLines
  readonly onTrouble: (reason: string) => void
}

const writeEveryMs = 1_000
/** The file is written anew when so much was added to it. */
const addedBytesMax = 4_194_304

/**
 * Keeps what a process holds over restarts: each second what has changed is added to a file. A process that is killed
 * loses that second at most. Whatever cannot be read is begun anew.
 */
export class LineJournal {
  readonly #options: LineJournalOptions
  readonly #timer: NodeJS.Timeout
  #addedBytes = Number.POSITIVE_INFINITY
  #isTroubled = false

  /** Loads at once. */
  constructor(options: LineJournalOptions) {
    this.#options = options
    this.#try(() => this.#load())
    this.#timer = setInterval(() => this.write(), writeEveryMs).unref()
  }

  /** Everything up to now. */
  write(): void {
    const { kept, file } = this.#options
    const changed = kept.takeChanged()
    if (changed.length === 0) return
    this.#try(() => {
      // After a write that failed half of a line may stand at the end.
      if (this.#addedBytes > addedBytesMax) this.#writeAnew()
      else {
        const text = textOf(changed)
        this.#addedBytes += Buffer.byteLength(text)
        appendFileSync(file, text)
      }
    })
  }

  close(): void {
    clearInterval(this.#timer)
    this.write()
  }

  #load(): void {
    const { file, kept, what } = this.#options
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
      throw error
    }
    const [head = '', ...lines] = text.split('\n')
    if (!kept.load(head, lines)) throw new Error(`${file} is no ${what}`)
  }

  /** Whole or not at all, for this user alone. */
  #writeAnew(): void {
    const { file: final, kept } = this.#options
    const temporary = `${final}.tmp`
    mkdirSync(path.dirname(final), { recursive: true, mode: 0o700 })
    rmSync(temporary, { force: true })
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, textOf([kept.head(), ...kept.all()]))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, final)
    this.#addedBytes = 0
  }

  #try(act: () => void): void {
    try {
      act()
      this.#isTroubled = false
    } catch (error) {
      this.#addedBytes = Number.POSITIVE_INFINITY
      if (!this.#isTroubled) this.#options.onTrouble(error instanceof Error ? error.message : String(error))
      this.#isTroubled = true
    }
  }
}

/** Undefined where it is no JSON, such as half a line. */
export function parseLine(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
