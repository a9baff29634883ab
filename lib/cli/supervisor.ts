import type { ReadyMessage } from '@/lib/platform/process-messages.ts'
import { type BackOff, defaultBackOff } from './process-life.ts'
import type { ProcessListener } from './process-listener.ts'
import type { ProcessPlan } from './process-plan.ts'
import { SupervisedProcess } from './supervised-process.ts'

export interface SupervisorOptions {
  readonly say: (line: string) => void
  /** How long processes may take to finish what they are doing. */
  readonly drainMs?: number
  readonly backOff?: BackOff
}

export interface Supervised {
  readonly process: SupervisedProcess
  /** Resolves with the first ready message. */
  readonly ready: Promise<ReadyMessage>
}

export interface RunOptions {
  /** False: a wrong configuration of it stops nothing; it is tried again and again. Default true. */
  readonly isEssential?: boolean
}

/** Runs processes side by side: one dying never stops another, a wrong configuration of an essential one stops all. */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #processes = new Set<SupervisedProcess>()
  readonly #finished: Promise<number>
  #finish: (exitCode: number) => void = () => {}
  readonly #asked: Promise<void>
  #tellAsked: () => void = () => {}
  #stopping = false

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#finished = new Promise((resolve) => {
      this.#finish = resolve
    })
    this.#asked = new Promise((resolve) => {
      this.#tellAsked = resolve
    })
  }

  /** Resolves when a stop was asked for. */
  get stopping(): Promise<void> {
    return this.#asked
  }

  /** The exit code, once everything has stopped. */
  get finished(): Promise<number> {
    return this.#finished
  }

  /** Starts a process; resolves with its first ready message. */
  run(
    plan: ProcessPlan,
    listener: ProcessListener = {},
    { isEssential = true }: RunOptions = {},
  ): Supervised {
    let markReady: (message: ReadyMessage) => void = () => {}
    const ready = new Promise<ReadyMessage>((resolve) => {
      markReady = resolve
    })
    const { say, backOff = defaultBackOff } = this.#options
    let hasDied = false
    const child = new SupervisedProcess(
      plan,
      {
        ...listener,
        ready: (message) => {
          if (hasDied) say(`The ${plan.name} is running again.`)
          hasDied = false
          markReady(message)
          listener.ready?.(message)
        },
        died: (exit) => {
          hasDied = true
          say(
            `The ${plan.name} stopped unexpectedly (${reason(exit)}); starting it again ${afterwards(exit.restartInMs)}.`,
          )
          listener.died?.(exit)
        },
        gaveUp: () => {
          say(`The ${plan.name} cannot run with this configuration; stopping everything.`)
          listener.gaveUp?.()
          void this.stop(2)
        },
      },
      { backOff, mayGiveUp: isEssential },
    )
    this.#processes.add(child)
    if (!this.#stopping) child.start()
    return { process: child, ready }
  }

  /** Asks one program to finish, and knows it no more once all of it is gone. */
  async end(child: SupervisedProcess): Promise<void> {
    const timer = setTimeout(() => child.kill(), this.#drainMs)
    await child.stop()
    clearTimeout(timer)
    this.#processes.delete(child)
  }

  /** Asks every process to finish; the second call does not wait. */
  async stop(exitCode = 0): Promise<void> {
    if (this.#stopping) {
      this.kill()
      return
    }
    this.#stopping = true
    this.#tellAsked()
    const timer = setTimeout(() => {
      this.#options.say(`Some processes did not finish within ${seconds(this.#drainMs)}; ending them.`)
      this.kill()
    }, this.#drainMs)
    await Promise.all([...this.#processes].map((child) => child.stop()))
    clearTimeout(timer)
    this.#finish(exitCode)
  }

  get #drainMs(): number {
    return this.#options.drainMs ?? 40_000
  }

  kill(): void {
    for (const child of this.#processes) child.kill()
  }
}

function reason({ code, signal }: { code: number | null; signal: string | null }): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`
}

function afterwards(ms: number): string {
  return ms === 0 ? 'at once' : `in ${seconds(ms)}`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
