import type { ProcessPlan } from '@/lib/cli/process-plan.ts'
import type { SupervisedProcess } from '@/lib/cli/supervised-process.ts'
import type { Supervisor } from '@/lib/cli/supervisor.ts'
import type { ZonesMessage } from '@/lib/platform/process-messages.ts'
import type { DeploymentReport, NameServerPlan } from '@/lib/snapshot/deployment.ts'

export interface NameServerProcessOptions {
  readonly supervisor: Supervisor
  planProcess(port: number): ProcessPlan
  onChange(): void
}

/** This host's name server: there while the plan has one, and told its zones. */
export class NameServerProcess {
  readonly #options: NameServerProcessOptions
  #plan: NameServerPlan | null = null
  #process: SupervisedProcess | null = null
  #ending: Promise<void> = Promise.resolve()
  #error: string | null = null

  constructor(options: NameServerProcessOptions) {
    this.#options = options
  }

  change(next: NameServerPlan | null): void {
    const before = this.#plan
    this.#plan = next
    if (next === null || next.port !== before?.port) this.#end()
    if (next === null) return
    if (this.#process === null) this.#start(next.port)
    else this.#tell()
  }

  /** Down for a moment; those who ask it ask again. Resolves with whether the new process serves, or none is wanted. */
  async reload(readyWithinMs: number): Promise<boolean> {
    const process = this.#process
    if (process === null) return true
    await process.pause()
    return process.startUntilReady(readyWithinMs)
  }

  report(): DeploymentReport['nameServer'] {
    if (this.#plan === null) return null
    return { port: this.#plan.port, error: this.#error?.slice(0, 500) ?? null }
  }

  #start(port: number): void {
    const { supervisor, planProcess, onChange } = this.#options
    // One that ends still has the port, if only for a moment.
    void this.#ending.then(() => {
      if (this.#plan?.port !== port || this.#process !== null) return
      const { process } = supervisor.run(
        planProcess(port),
        {
          ready: () => {
            this.#error = null
            this.#tell()
            onChange()
          },
          died: ({ code, signal, lastWords }) => {
            const reason = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`
            this.#error = lastWords ?? `The name server ended (${reason}).`
            onChange()
          },
        },
        { isEssential: false },
      )
      this.#process = process
    })
  }

  #end(): void {
    const process = this.#process
    this.#process = null
    this.#error = null
    if (process !== null) this.#ending = this.#options.supervisor.end(process)
  }

  #tell(): void {
    const message: ZonesMessage = { type: 'zones', zones: this.#plan?.zones ?? [] }
    this.#process?.send(message)
  }
}
