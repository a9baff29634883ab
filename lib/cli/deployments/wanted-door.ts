import type { HeldPort } from '@/lib/cli/held-port.ts'
import { type BackOff, delayMs } from '@/lib/cli/process-life.ts'
import type { DoorName } from '@/lib/snapshot/deployment.ts'

export interface WantedDoorOptions {
  readonly door: DoorName
  readonly port: number
  hold(port: number): Promise<HeldPort>
  /** The port is held. Whoever is told releases it. */
  onHeld(port: HeldPort): void
  /** `isHeld` or `error` is another. */
  onChange(): void
  readonly backOff?: BackOff
}

const defaultBackOff: BackOff = { firstMs: 250, maxMs: 15_000, resetAfterMs: 0 }

/** A port that a plan wants: held as soon as it can be had, tried again while it cannot. */
export class WantedDoor {
  readonly door: DoorName
  readonly port: number
  readonly #options: WantedDoorOptions
  #failures = 0
  #error: string | null = null
  #isHeld = false
  #isWanted = true
  #timer: NodeJS.Timeout | undefined

  constructor(options: WantedDoorOptions) {
    this.#options = options
    this.door = options.door
    this.port = options.port
    void this.#try()
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  /** Why the port cannot be had; null while it is held, or not refused for long. */
  get error(): string | null {
    return this.#error
  }

  /** Tries no more. A port that is held already is not touched. */
  cancel(): void {
    this.#isWanted = false
    clearTimeout(this.#timer)
  }

  async #try(): Promise<void> {
    const { hold, onHeld, onChange, backOff = defaultBackOff } = this.#options
    try {
      const held = await hold(this.port)
      if (!this.#isWanted) {
        held.release()
        return
      }
      this.#error = null
      this.#isHeld = true
      onHeld(held)
      onChange()
    } catch (error) {
      if (!this.#isWanted) return
      this.#failures += 1
      // The first time it may be a process of ours that is just closing it.
      if (this.#failures > 1) {
        this.#error = error instanceof Error ? error.message : String(error)
        onChange()
      }
      this.#timer = setTimeout(() => void this.#try(), delayMs(this.#failures + 1, backOff, Math.random))
    }
  }
}
