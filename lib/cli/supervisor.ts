import type { ReadyMessage } from '@/lib/platform/process-messages.ts'
import { type BackOff, defaultBackOff } from './process-life.ts'
import type { ProcessPlan } from './process-plan.ts'
import { type ProcessListener, SupervisedProcess } from './supervised-process.ts'

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

/** Runs processes side by side: one dying never stops another, a wrong configuration stops them all. */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #processes: SupervisedProcess[] = []
  readonly #finished: Promise<number>
  #finish: (exitCode: number) => void = () => {}
  #stopping = false

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#finished = new Promise((resolve) => {
      this.#finish = resolve
    })
  }

  /** The exit code, once everything has stopped. */
  get finished(): Promise<number> {
    return this.#finished
  }

  /** Starts a process; resolves with its first ready message. */
  run(plan: ProcessPlan, listener: ProcessListener = {}): Supervised {
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
      { backOff },
    )
    this.#processes.push(child)
    if (!this.#stopping) child.start()
    return { process: child, ready }
  }

  /** Asks every process to finish; the second call does not wait. */
  async stop(exitCode = 0): Promise<void> {
    if (this.#stopping) {
      this.kill()
      return
    }
    this.#stopping = true
    const { drainMs = 40_000, say } = this.#options
    const timer = setTimeout(() => {
      say(`Some processes did not finish within ${seconds(drainMs)}; ending them.`)
      this.kill()
    }, drainMs)
    await Promise.all(this.#processes.map((child) => child.stop()))
    clearTimeout(timer)
    this.#finish(exitCode)
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
