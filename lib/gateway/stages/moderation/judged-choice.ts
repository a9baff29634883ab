import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import {
  type JudgedPiece,
  ModerationWindows,
  type WindowOutcome,
  windowDefaults,
} from '@/lib/moderation/endpoint/moderation-windows.ts'
import type { StreamEvent } from '@/lib/protocols/canonical.ts'

/** Told what the service said of a window; then there may be something to let go. */
type Settled = (choice: JudgedChoice, isBlocked: boolean) => void

/**
 * One choice of a streamed answer while its text is judged in windows: events stand in line behind the text that came
 * before them, in whose order they go on.
 */
export class JudgedChoice {
  readonly #judge: Judge
  readonly #windows: ModerationWindows
  readonly #settled: Settled
  #line: StreamEvent[] = []
  #ready: StreamEvent[] = []
  #hasEnded = false
  /** Its end has gone on. */
  hasStopped = false

  constructor(judge: Judge, settled: Settled) {
    this.#judge = judge
    this.#settled = settled
    this.#windows = new ModerationWindows({ ...windowDefaults, onFailure: judge.onFailure })
  }

  get isFull(): boolean {
    return this.#windows.isFull
  }

  /** Something waits that is too little to ask about, unless nothing follows. */
  get hasFresh(): boolean {
    return this.#windows.hasFresh
  }

  get isEmpty(): boolean {
    return this.#line.length === 0
  }

  take(event: StreamEvent): void {
    if (isText(event)) {
      if (this.#hasEnded) return
      this.#windows.push(event.text)
    }
    this.#line.push(event)
    this.#letGo(0)
  }

  /** No more text comes. */
  end(): void {
    this.#hasEnded = true
    this.#apply(this.#windows.end())
  }

  ask(isHurried: boolean): void {
    const window = this.#windows.next(isHurried)
    if (window === null) return
    this.#judge.ask([window.text]).then((outcome) => this.#answered(outcome), this.#failed)
  }

  /** What may go on now. */
  released(): StreamEvent[] {
    const ready = this.#ready
    if (ready.length > 0) this.#ready = []
    return ready
  }

  #answered(outcome: WindowOutcome): void {
    const piece = this.#windows.settle(outcome)
    this.#apply(piece)
    this.#settled(this, piece.blocked !== null)
  }

  readonly #failed = (): void => this.#answered({ kind: 'failed', message: 'internal_error' })

  #apply({ release, blocked }: JudgedPiece): void {
    if (blocked === null) this.#letGo(release.length)
    else this.#line = []
  }

  /** The next `length` units of text, and what stands between them. */
  #letGo(length: number): void {
    let left = length
    for (let event = this.#line[0]; event !== undefined; event = this.#line[0]) {
      if (isText(event)) {
        if (event.text.length > left) {
          if (left === 0) return
          this.#ready.push({ ...event, text: event.text.slice(0, left) })
          this.#line[0] = { ...event, text: event.text.slice(left) }
          return
        }
        left -= event.text.length
      }
      if (event.type === 'stop') this.hasStopped = true
      this.#line.shift()
      this.#ready.push(event)
    }
  }
}

type TextEvent = StreamEvent & { readonly type: 'text' | 'reasoning' | 'refusal' }

function isText(event: StreamEvent): event is TextEvent {
  return event.type === 'text' || event.type === 'reasoning' || event.type === 'refusal'
}
