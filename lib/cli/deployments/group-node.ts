import type { ProcessPlan } from '@/lib/cli/process-plan.ts'
import type { SupervisedProcess } from '@/lib/cli/supervised-process.ts'
import type { Supervisor } from '@/lib/cli/supervisor.ts'
import type { CounterChild } from '@/lib/counters/coordinator.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { GatewayDoors } from './gateway-doors.ts'

export interface GroupNodeOptions {
  readonly supervisor: Supervisor
  readonly isEssential: boolean
  readonly plan: ProcessPlan
  readonly memoryMb: number | null
  readonly doors: GatewayDoors
  /** What the nodes of a gateway count together is counted here. */
  readonly counters: ReadonlyArray<{ attach(child: CounterChild): void }>
  readonly clock: Clock
  onReady(): void
  onChange(): void
}

/** A node tells its load about once a second; what is older says nothing. */
const loadMs = 5_000

/** One slot of a gateway's group: a node process, its successors, and how they fare. */
export class GroupNode {
  readonly process: SupervisedProcess
  /** Resolves once it has served. */
  readonly ready: Promise<unknown>
  readonly #clock: Clock
  #memoryMb: number | null
  #load = { at: 0, utilization: 0 }
  #failure: string | null = null

  constructor(options: GroupNodeOptions) {
    const { supervisor, isEssential, plan, memoryMb, doors, counters, clock, onReady, onChange } = options
    this.#clock = clock
    this.#memoryMb = memoryMb
    const { process, ready } = supervisor.run(
      plan,
      {
        spawned: (child) => {
          for (const counter of counters) counter.attach(child.process)
          onChange()
        },
        listenersWanted: (...asked) => doors.listenersWanted(...asked),
        ready: () => {
          this.#failure = null
          onReady()
          onChange()
        },
        load: ({ utilization }) => {
          this.#load = { at: clock.now(), utilization }
        },
        left: (child) => {
          doors.left(child)
          onChange()
        },
        died: ({ code, signal, restartInMs }) => {
          const reason = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`
          // The first start after a death is at once, and mostly the end of it.
          if (restartInMs > 0) this.#failure = `Its process ended soon after its start (${reason}).`
          onChange()
        },
      },
      { isEssential },
    )
    this.process = process
    this.ready = ready
  }

  /** Share of a core that it uses now, 0 to 1. */
  get utilization(): number {
    return this.#clock.now() - this.#load.at > loadMs ? 0 : this.#load.utilization
  }

  /** Why it does not serve; null where nothing is wrong. */
  get failure(): string | null {
    return this.process.isReady ? null : this.#failure
  }

  /** Of the next process. The one that runs is outdated then. */
  setMemory(memoryMb: number | null, plan: (memoryMb: number | null) => ProcessPlan): void {
    if (memoryMb === this.#memoryMb) return
    this.#memoryMb = memoryMb
    this.process.plan = plan(memoryMb)
  }
}
