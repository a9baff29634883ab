import { type ChildProcess as NodeChild, spawn } from 'node:child_process'
import {
  asMessageToSupervisor,
  type MessageFromSupervisor,
  type MessageToSupervisor,
} from '@/lib/platform/process-messages.ts'
import type { ProcessPlan } from './process-plan.ts'

export interface Exit {
  readonly code: number | null
  readonly signal: string | null
  /** The last line that it wrote to standard error, if its plan says to listen. */
  readonly lastWords?: string
}

export interface ChildEvents {
  message(message: MessageToSupervisor): void
  exited(exit: Exit): void
}

/** What a process that was told to finish within a time gets on top, before it is ended. */
const overdueMs = 10_000

/** One start of a program: from its spawning to its exit. */
export class ChildProcess {
  readonly process: NodeChild
  readonly plan: ProcessPlan
  /** Set by whoever supervises it, once it has said so. */
  isReady = false
  /** 1, unless an earlier process of the same plan was still finishing when this one began. */
  readonly generation: number
  /** Resolves once it has gone. */
  readonly gone: Promise<void>
  #overdue: NodeJS.Timeout | undefined

  constructor(plan: ProcessPlan, generation: number, events: ChildEvents) {
    this.plan = plan
    this.generation = generation
    this.process = spawn(
      process.execPath,
      [...(plan.nodeOptions ?? []), plan.file, ...plan.arguments(generation)],
      {
        cwd: plan.cwd,
        env: plan.env,
        stdio: ['ignore', 'inherit', plan.hasLastWords === true ? 'pipe' : 'inherit', 'ipc'],
        // Ctrl-C reaches a whole foreground group; the supervisor alone decides the order in which things stop.
        detached: true,
      },
    )
    // One for each socket on its way to it.
    this.process.setMaxListeners(0)
    this.process.on('message', (raw) => {
      const message = asMessageToSupervisor(raw)
      if (message !== null) events.message(message)
    })
    let lastWords: string | undefined
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text)
      lastWords = text.trim().split('\n').at(-1)?.slice(0, 500) ?? lastWords
    })
    this.gone = new Promise((resolve) => {
      let isGone = false
      const exited = (code: number | null, signal: string | null) => {
        if (isGone) return
        isGone = true
        clearTimeout(this.#overdue)
        events.exited({ code, signal, ...(lastWords === undefined ? {} : { lastWords }) })
        resolve()
      }
      this.process.once('error', () => exited(null, null))
      // What it said may come after its exit.
      this.process.once(plan.hasLastWords === true ? 'close' : 'exit', exited)
    })
  }

  send(message: MessageFromSupervisor): void {
    // One that died meanwhile is noticed by its exit.
    if (this.process.connected) this.process.send(message, () => {})
  }

  /** Asks it to end, within its own time. */
  terminate(): void {
    this.process.kill('SIGTERM')
  }

  /** Asks it to take nothing new and to end within this time; sees to it that it does. */
  drain(withinMs: number): void {
    this.send({ type: 'drain', withinMs })
    this.endBy(withinMs)
  }

  /** Kills it if it is still there some time after the time given. */
  endBy(withinMs: number): void {
    clearTimeout(this.#overdue)
    this.#overdue = setTimeout(() => this.kill(), withinMs + overdueMs)
  }

  kill(): void {
    this.process.kill('SIGKILL')
  }
}
