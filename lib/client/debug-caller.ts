import type { DebugEvent, DebugForm } from '@/lib/domain/debug.ts'
import { type DebugRun, failureOf, noRun, runAfter } from './debug-run.ts'

export type DebugState = 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed'

/** One call of the panel, under way or over. */
export interface DebugCall {
  readonly input: DebugForm
  readonly run: DebugRun
  readonly state: DebugState
  /** Milliseconds, by this browser's clock. */
  readonly startedAt: number
  readonly endedAt: number | null
  /** Why the console did not do it; null: it did. */
  readonly error: unknown
}

type OnSettled = (call: DebugCall) => void
type Ask = (input: DebugForm, signal: AbortSignal) => AsyncIterable<readonly DebugEvent[]>

/** How often a page is told at most: more than that nobody reads. */
const tellEveryMs = 33

/** Makes one call at a time, and tells listeners how it goes. */
export class DebugCaller {
  readonly #ask: Ask
  readonly #listeners = new Set<() => void>()
  #call: DebugCall | null = null
  #underWay: { readonly abort: AbortController; readonly onSettled: OnSettled } | null = null
  #untold: DebugEvent[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ask: Ask) {
    this.#ask = ask
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly current = (): DebugCall | null => this.#call

  /** Stops a call that is under way. `onSettled` hears of the new one when it is over, however it ends. */
  async start(input: DebugForm, onSettled: OnSettled = () => {}): Promise<void> {
    this.stop()
    const abort = new AbortController()
    this.#underWay = { abort, onSettled }
    this.#tell({ input, run: noRun, state: 'waiting', startedAt: Date.now(), endedAt: null, error: null })
    let failure: unknown = null
    try {
      for await (const events of this.#ask(input, abort.signal)) {
        if (abort.signal.aborted) return
        this.#take(events)
      }
    } catch (error) {
      failure = error
    }
    if (!abort.signal.aborted) this.#settle(failure)
  }

  /** What has come stays. */
  stop(): void {
    this.#underWay?.abort.abort()
    this.#settle(null, 'stopped')
  }

  clear(): void {
    this.stop()
    this.#call = null
    for (const listener of this.#listeners) listener()
  }

  #take(events: readonly DebugEvent[]): void {
    this.#untold.push(...events)
    this.#timer ??= setTimeout(() => {
      const call = this.#flushed()
      if (call !== null) this.#tell(call)
    }, tellEveryMs)
  }

  #flushed(): DebugCall | null {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const events = this.#untold
    this.#untold = []
    if (this.#call === null || events.length === 0) return this.#call
    const run = runAfter(this.#call.run, events)
    this.#call = { ...this.#call, run, state: run.frames.length > 0 ? 'streaming' : 'waiting' }
    return this.#call
  }

  #settle(error: unknown, state?: 'stopped'): void {
    const underWay = this.#underWay
    const call = this.#flushed()
    this.#underWay = null
    if (underWay === null || call === null) return
    const failed = error !== null || failureOf(call.run) !== null
    const settled: DebugCall = {
      ...call,
      error,
      state: state ?? (failed ? 'failed' : 'done'),
      endedAt: Date.now(),
    }
    this.#tell(settled)
    underWay.onSettled(settled)
  }

  #tell(call: DebugCall): void {
    this.#call = call
    for (const listener of this.#listeners) listener()
  }
}

export function isUnderWay(call: DebugCall | null): boolean {
  return call?.state === 'waiting' || call?.state === 'streaming'
}
