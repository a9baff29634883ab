import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sealLines, unsealLines } from '@/lib/gateway/snapshot-source/sealed-lines.ts'
import type { SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

/** Saves that come close together are one: only the last of them is what a restart needs. */
const restMsDefault = 250

/**
 * The last good snapshot on disk, so that a node serves and restarts without its console. It holds tokens,
 * hence mode 0600 and encryption. Sealed and written piece by piece, so that traffic never waits for it.
 */
export class SnapshotStore {
  readonly #path: string
  readonly #nodeToken: string
  readonly #restMs: number
  #next: SnapshotLines | null = null
  #saving: Promise<void> | null = null
  #endRest: () => void = () => {}

  constructor(path: string, nodeToken: string, restMs: number = restMsDefault) {
    this.#path = path
    this.#nodeToken = nodeToken
    this.#restMs = restMs
  }

  /** Saves one at a time; of those that come meanwhile only the last is written. */
  save(lines: SnapshotLines): Promise<void> {
    this.#next = lines
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null
    })
    return this.#saving
  }

  /** Resolves when everything is written. */
  async settled(): Promise<void> {
    this.#endRest()
    await this.#saving?.catch(() => {})
  }

  /** Null where there is none, or none that this token opens. */
  async load(): Promise<string[] | null> {
    try {
      return unsealLines(await readFile(this.#path), this.#nodeToken)
    } catch {
      return null
    }
  }

  async #saveAll(): Promise<void> {
    while (this.#next !== null) {
      await this.#rest()
      const lines = this.#next
      this.#next = null
      await this.#write(lines)
    }
  }

  async #rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#restMs)
      this.#endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  async #write(lines: SnapshotLines): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 })
    const temporary = `${this.#path}.${process.pid}.tmp`
    const file = await open(temporary, 'w', 0o600)
    try {
      try {
        for (const piece of sealLines(lines, this.#nodeToken)) await file.appendFile(piece)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, this.#path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
}
