import { type ChildProcess, spawn } from 'node:child_process'
import { type Clock, systemClock } from '@/lib/platform/clock.ts'
import { type BackOff, defaultBackOff, newLife, nextLife, type ProcessEvent } from './process-life.ts'

export interface ProcessPlan {
  /** What the terminal calls it: `console`, `gateway node`. */
  readonly name: string
  readonly file: string
  readonly arguments: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

export interface ProcessListener {
  /** Sent by the child once it serves; once per start. */
  ready?(message: Record<string, unknown>): void
  died?(exit: { code: number | null; signal: string | null; restartInMs: number }): void
  /** It asked not to be started again. */
  gaveUp?(): void
}

/** A child process that is started again whenever it dies, until it is stopped. */
export class SupervisedProcess {
  readonly plan: ProcessPlan
  readonly #listener: ProcessListener
  readonly #backOff: BackOff
  readonly #clock: Clock
  #life = newLife
  #child: ChildProcess | undefined
  #timer: NodeJS.Timeout | undefined
  #stopped: (() => void) | undefined

  constructor(
    plan: ProcessPlan,
    listener: ProcessListener,
    { backOff = defaultBackOff, clock = systemClock }: { backOff?: BackOff; clock?: Clock } = {},
  ) {
    this.plan = plan
    this.#listener = listener
    this.#backOff = backOff
    this.#clock = clock
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): void {
    this.#handle({ type: 'start', at: this.#clock.now() })
  }

  /** Asks it to finish, and resolves when it is gone. */
  stop(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      this.#stopped = resolve
    })
    clearTimeout(this.#timer)
    this.#handle({ type: 'stop' })
    if (this.#life.phase === 'stopped') this.#stopped?.()
    return gone
  }

  kill(): void {
    this.#child?.kill('SIGKILL')
  }

  #handle(event: ProcessEvent, exit?: { code: number | null; signal: string | null }): void {
    const [life, effect] = nextLife(this.#life, event, this.#backOff)
    this.#life = life
    switch (effect?.do) {
      case 'spawn':
        this.#spawn()
        break
      case 'wait':
        this.#listener.died?.({
          code: exit?.code ?? null,
          signal: exit?.signal ?? null,
          restartInMs: effect.ms,
        })
        this.#timer = setTimeout(() => this.#handle({ type: 'waited', at: this.#clock.now() }), effect.ms)
        break
      case 'terminate':
        this.#child?.kill('SIGTERM')
        break
      case 'give-up':
        this.#listener.gaveUp?.()
        break
    }
    if (life.phase === 'stopped') this.#stopped?.()
  }

  #spawn(): void {
    const { file, arguments: given, env, cwd } = this.plan
    const child = spawn(process.execPath, [file, ...given], {
      cwd,
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Ctrl-C reaches a whole foreground group; the supervisor alone decides the order in which things stop.
      detached: true,
    })
    this.#child = child
    child.on('message', (message) => {
      if (!isReady(message)) return
      this.#handle({ type: 'ready' })
      this.#listener.ready?.(message)
    })
    let gone = false
    const exited = (code: number | null, signal: string | null) => {
      if (gone) return
      gone = true
      this.#child = undefined
      this.#handle({ type: 'exited', at: this.#clock.now(), code }, { code, signal })
    }
    child.once('error', () => exited(null, null))
    child.once('exit', exited)
  }
}

function isReady(message: unknown): message is Record<string, unknown> {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready'
}
