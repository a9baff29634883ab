import { type Clock, systemClock } from '@/lib/platform/clock.ts'
import type { MessageFromSupervisor, MessageToSupervisor } from '@/lib/platform/process-messages.ts'
import { ChildProcess, type Exit } from './child-process.ts'
import {
  type BackOff,
  configurationExitCode,
  defaultBackOff,
  newLife,
  nextLife,
  type ProcessEvent,
} from './process-life.ts'
import type { ProcessListener } from './process-listener.ts'
import type { ProcessPlan } from './process-plan.ts'

export interface Replacement {
  /** How long the new process may take until it serves. */
  readonly readyWithinMs: number
  /** How long the old one may go on with what is under way. */
  readonly drainMs: number
}

export interface SupervisedProcessOptions {
  readonly backOff?: BackOff
  readonly clock?: Clock
  /** False: it is started again whatever it exits with. Default true. */
  readonly mayGiveUp?: boolean
}

const pauseWithinMs = 10_000

/** A program that is started again whenever its process dies, until it is stopped; one process may relieve another. */
export class SupervisedProcess {
  /** What the next process is started from. */
  plan: ProcessPlan
  readonly #listener: ProcessListener
  readonly #backOff: BackOff
  readonly #clock: Clock
  readonly #mayGiveUp: boolean
  #life = newLife
  #current: ChildProcess | undefined
  /** Started to relieve the current one, and not ready yet. */
  #candidate: ChildProcess | undefined
  /** Somebody waits for this one to get ready. */
  #trial: { child: ChildProcess; settle: (isReady: boolean) => void } | undefined
  /** Relieved, and finishing what they began. */
  readonly #leaving = new Set<ChildProcess>()
  #timer: NodeJS.Timeout | undefined
  #stopped: Promise<void> | undefined
  #onStopped: (() => void) | undefined

  constructor(
    plan: ProcessPlan,
    listener: ProcessListener,
    { backOff = defaultBackOff, clock = systemClock, mayGiveUp = true }: SupervisedProcessOptions = {},
  ) {
    this.plan = plan
    this.#listener = listener
    this.#backOff = backOff
    this.#clock = clock
    this.#mayGiveUp = mayGiveUp
  }

  /** Whether a process serves. */
  get isReady(): boolean {
    return this.#current?.isReady === true
  }

  /** Whether the process in charge was started from an earlier plan. */
  get isOutdated(): boolean {
    return this.#current !== undefined && this.#current.plan !== this.plan
  }

  /** Processes that were relieved, or let go, and finish what they began. */
  get leaving(): number {
    return this.#leaving.size
  }

  get pid(): number | undefined {
    return this.#current?.process.pid
  }

  /** To the process in charge, if there is one. */
  send(message: MessageFromSupervisor): void {
    this.#current?.send(message)
  }

  start(): void {
    this.#handle({ type: 'start', at: this.#clock.now() })
  }

  /** Resolves with false if it died, or took longer until it served. */
  async startUntilReady(withinMs: number): Promise<boolean> {
    this.start()
    return this.#current === undefined ? false : this.#readyWithin(this.#current, withinMs)
  }

  /** Asks it to finish, and resolves when all of it is gone. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  #stop(): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#onStopped = resolve
    })
    clearTimeout(this.#timer)
    for (const child of this.#all()) this.#listener.left?.(child)
    for (const child of this.#leaving) child.terminate()
    this.#candidate?.terminate()
    this.#handle({ type: 'stop' })
    return stopped
  }

  kill(): void {
    for (const child of this.#all()) child.kill()
  }

  /** Ends it and leaves it down until `start`. */
  async pause(): Promise<void> {
    const child = this.#current
    clearTimeout(this.#timer)
    this.#handle({ type: 'pause' })
    child?.endBy(pauseWithinMs)
    await child?.gone
  }

  /** Lets its process finish what it began, and starts none until `start`. */
  retire(drainMs: number): void {
    clearTimeout(this.#timer)
    const child = this.#current
    this.#handle({ type: 'retire' })
    if (this.#life.phase !== 'idle') return
    this.#candidate?.terminate()
    if (child === undefined) return
    this.#current = undefined
    this.#leave(child)
    child.drain(drainMs)
  }

  /**
   * Starts another process from the program as it is on disk now, and lets go of the old one once the new one is
   * ready. Resolves with false if it did not get ready in time, in which case the old one stays.
   */
  async replace({ readyWithinMs, drainMs }: Replacement): Promise<boolean> {
    if (this.#trial !== undefined) return false
    if (this.#life.phase === 'waiting') return this.#startNow(readyWithinMs)
    if (this.#life.phase !== 'running') return false
    const child = this.#spawn()
    this.#candidate = child
    const isReady = await this.#readyWithin(child, readyWithinMs)
    // It died, or the old one did, and it is in charge already.
    if (this.#candidate !== child) return isReady
    this.#candidate = undefined
    if (!isReady || this.#life.phase !== 'running') {
      this.#leave(child)
      child.terminate()
      child.endBy(0)
      return false
    }
    const old = this.#current
    this.#current = child
    this.#handle({ type: 'replaced', at: this.#clock.now() })
    if (old !== undefined) {
      this.#leave(old)
      old.drain(drainMs)
    }
    return true
  }

  /** Does not wait out the time after a death. */
  async #startNow(readyWithinMs: number): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#handle({ type: 'waited', at: this.#clock.now() })
    return this.#current === undefined ? false : this.#readyWithin(this.#current, readyWithinMs)
  }

  #readyWithin(child: ChildProcess, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isReady: boolean) => {
        clearTimeout(timer)
        this.#trial = undefined
        resolve(isReady)
      }
      const timer = setTimeout(() => settle(false), withinMs)
      this.#trial = { child, settle }
    })
  }

  #handle(event: ProcessEvent, exit?: Exit): void {
    const [life, effect] = nextLife(this.#life, event, this.#backOff)
    this.#life = life
    switch (effect?.do) {
      case 'spawn':
        this.#current = this.#spawn()
        break
      case 'wait':
        this.#listener.died?.({
          ...(exit ?? { code: null, signal: null }),
          restartInMs: effect.ms,
        })
        this.#timer = setTimeout(() => this.#handle({ type: 'waited', at: this.#clock.now() }), effect.ms)
        break
      case 'terminate':
        this.#current?.terminate()
        break
      case 'give-up':
        this.#listener.gaveUp?.()
        break
    }
    this.#tellStopped()
  }

  #tellStopped(): void {
    if (this.#life.phase === 'stopped' && this.#all().length === 0) this.#onStopped?.()
  }

  #spawn(): ChildProcess {
    const child: ChildProcess = new ChildProcess(this.plan, this.#freeGeneration(), {
      message: (message) => this.#told(child, message),
      exited: (exit) => this.#exited(child, exit),
    })
    this.#listener.spawned?.(child)
    return child
  }

  #told(child: ChildProcess, message: MessageToSupervisor): void {
    switch (message.type) {
      case 'ready':
        child.isReady = true
        if (child === this.#current) this.#handle({ type: 'ready' })
        if (child === this.#trial?.child) this.#trial.settle(true)
        this.#listener.ready?.(message)
        break
      case 'listeners-wanted':
        this.#listener.listenersWanted?.(message, child, child === this.#candidate)
        break
      case 'leaving':
        this.#lostInOrder(child)
        break
      case 'load':
        if (child === this.#current) this.#listener.load?.(message)
        break
    }
  }

  #leave(child: ChildProcess): void {
    this.#leaving.add(child)
    this.#listener.left?.(child)
  }

  /** It finishes what it began by itself, so another can start without waiting for its end. */
  #lostInOrder(child: ChildProcess): void {
    if (child !== this.#current || this.#life.phase !== 'running') return
    this.#leave(child)
    this.#lost({ code: 1, signal: null })
  }

  #exited(child: ChildProcess, exit: Exit): void {
    if (child === this.#trial?.child) this.#trial.settle(false)
    if (child === this.#candidate) this.#candidate = undefined
    this.#leaving.delete(child)
    this.#listener.left?.(child)
    if (child === this.#current) this.#lost(exit)
    else this.#tellStopped()
  }

  #lost(exit: Exit): void {
    const at = this.#clock.now()
    this.#current = undefined
    if (this.#candidate === undefined || this.#life.phase !== 'running') {
      const code = this.#mayGiveUp || exit.code !== configurationExitCode ? exit.code : null
      this.#handle({ type: 'exited', at, code }, exit)
      return
    }
    // Its successor has started already.
    this.#current = this.#candidate
    this.#candidate = undefined
    this.#life = { ...this.#life, startedAt: at }
    this.#listener.died?.({ ...exit, restartInMs: 0 })
  }

  #all(): ChildProcess[] {
    const now = [this.#current, this.#candidate].filter((child) => child !== undefined)
    return [...now, ...this.#leaving]
  }

  #freeGeneration(): number {
    const taken = new Set(this.#all().map(({ generation }) => generation))
    let generation = 1
    while (taken.has(generation)) generation++
    return generation
  }
}
