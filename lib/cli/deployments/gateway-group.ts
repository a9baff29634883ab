import type { HeldPort } from '@/lib/cli/held-port.ts'
import type { ProcessPlan } from '@/lib/cli/process-plan.ts'
import type { SupervisedProcess } from '@/lib/cli/supervised-process.ts'
import type { Supervisor } from '@/lib/cli/supervisor.ts'
import { Coordinator } from '@/lib/counters/coordinator.ts'
import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import { JobJournal } from '@/lib/counters/jobs/job-journal.ts'
import { JobKeeper } from '@/lib/counters/jobs/job-keeper.ts'
import { LimitBook } from '@/lib/counters/limits/limit-book.ts'
import { LimitJournal } from '@/lib/counters/limits/limit-journal.ts'
import { LimitKeeper } from '@/lib/counters/limits/limit-keeper.ts'
import { type Clock, systemClock } from '@/lib/platform/clock.ts'
import type { DeploymentReport, DoorName, GatewayDeployment } from '@/lib/snapshot/deployment.ts'
import { describeGroup } from './describe-group.ts'
import { GatewayDoors } from './gateway-doors.ts'
import { GroupNode } from './group-node.ts'
import { doorChanges, nodeBounds } from './reconcile.ts'
import { Rollover } from './rollover.ts'
import { defaultScalingPolicy, newScaling, nextScaling, type Scaling, type ScalingPolicy } from './scaling.ts'
import { WantedDoor } from './wanted-door.ts'

export interface GatewayGroupOptions {
  readonly supervisor: Supervisor
  hold(port: number): Promise<HeldPort>
  planNode(slot: number, memoryMb: number | null): ProcessPlan
  /** Where the counts of Model APIs' limits are kept over restarts. */
  readonly limitsFile: string
  /** And where it is kept which service has which job. */
  readonly jobsFile: string
  /** Doors that it has from the start and for ever, whatever a plan says. */
  readonly ownDoors?: ReadonlyMap<string, HeldPort>
  /** True: if its nodes cannot run with their configuration, nothing does. */
  readonly isEssential: boolean
  readonly readyWithinMs: number
  /** What a process that was relieved, or let go, gets for what it began. */
  readonly drainMs: number
  say(line: string): void
  /** Its report would read differently now. */
  onChange(): void
  readonly scalingPolicy?: ScalingPolicy
  readonly clock?: Clock
}

/** The processes and ports of one gateway on this host, made to be what its deployment says. */
export class GatewayGroup {
  readonly #options: GatewayGroupOptions
  readonly #clock: Clock
  readonly #doors: GatewayDoors
  readonly #wantedDoors = new Map<DoorName, WantedDoor>()
  /** By slot. Those beyond the number wanted finish, or rest. */
  readonly #nodes: GroupNode[] = []
  /** Nodes of one gateway on one host keep its limits together. */
  readonly #counters = new Coordinator()
  readonly #limits: LimitKeeper
  readonly #journal: LimitJournal
  readonly #jobs: JobKeeper
  readonly #jobJournal: JobJournal
  readonly #rollover: Rollover
  #deployment: GatewayDeployment
  #scaling: Scaling
  #hasRun = false
  #isStopping = false

  constructor(deployment: GatewayDeployment, options: GatewayGroupOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#deployment = deployment
    const book = new LimitBook(this.#clock)
    this.#limits = new LimitKeeper(book)
    this.#journal = new LimitJournal(options.limitsFile, book, (reason) =>
      options.say(`The counts of quotas are not kept (${reason}); a restart will count from nothing.`),
    )
    const jobs = new JobBook()
    this.#jobs = new JobKeeper(jobs)
    this.#jobJournal = new JobJournal(options.jobsFile, jobs, (reason) =>
      options.say(`Which service has which job is not kept (${reason}); a restart will not know it.`),
    )
    this.#doors = new GatewayDoors(options.ownDoors)
    this.#scaling = newScaling(nodeBounds(deployment).min, this.#clock.now())
    this.#rollover = new Rollover({ ...options, processes: () => this.processes })
    this.#apply()
  }

  /** The processes of the slots that are wanted. */
  get processes(): SupervisedProcess[] {
    return this.#active().map(({ process }) => process)
  }

  /** Resolves once every process that is wanted now has served. */
  async ready(): Promise<void> {
    await Promise.all(this.#active().map(({ ready }) => ready))
  }

  /** Gives up what the new deployment has no use for. Of all gateways first, so that a port may go from one to another. */
  shed(next: GatewayDeployment): void {
    for (const door of doorChanges(this.#doorPorts(), next.doors).close) this.#close(door)
  }

  change(next: GatewayDeployment): void {
    this.#deployment = next
    this.#apply()
  }

  /** Once a second: counts what the nodes do, and gives the gateway more of them, or fewer. */
  measure(): void {
    const serving = this.#active().filter(({ process }) => process.isReady)
    const cores = serving.reduce((sum, { utilization }) => sum + utilization, 0)
    const sample = { at: this.#clock.now(), cores, serving: serving.length }
    const { scalingPolicy = defaultScalingPolicy } = this.#options
    const before = this.#scaling.nodes
    this.#scaling = nextScaling(this.#scaling, { ...sample, ...nodeBounds(this.#deployment) }, scalingPolicy)
    if (this.#scaling.nodes === before) return
    const { name } = this.#deployment
    const direction = this.#scaling.nodes > before ? 'grows' : 'shrinks'
    this.#options.say(`The gateway ${name} ${direction} to ${nodeCount(this.#scaling.nodes)}.`)
    this.#resize()
  }

  /** Replaces every process. Resolves with whether all were. */
  reload(replaceAll: (processes: SupervisedProcess[]) => Promise<boolean>): Promise<boolean> {
    return this.#rollover.inTurn(() => replaceAll(this.processes))
  }

  /** Gives up its ports, lets its processes finish, and resolves when all are gone. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#rollover.stop()
    for (const door of this.#wantedDoors.keys()) this.#close(door)
    this.#options.onChange()
    await Promise.all(this.#nodes.map(({ process }) => this.#options.supervisor.end(process)))
    this.release()
  }

  /** Frees the ports and timers; for when its processes have gone. */
  release(): void {
    this.#rollover.stop()
    for (const door of this.#wantedDoors.values()) door.cancel()
    this.#doors.releaseAll()
    this.#counters.close()
    this.#journal.close()
    this.#jobJournal.close()
  }

  report(): DeploymentReport['gateways'][number] {
    const active = new Set(this.#active())
    return describeGroup({
      gatewayId: this.#deployment.gatewayId,
      doors: [...this.#wantedDoors.values()],
      active: [...active],
      others: this.#nodes.filter((node) => !active.has(node)),
      wanted: this.#scaling.nodes,
      hasRun: this.#hasRun,
      isStopping: this.#isStopping,
      rolloverFailure: this.#rollover.failure,
    })
  }

  #apply(): void {
    this.shed(this.#deployment)
    for (const { door, port } of doorChanges(this.#doorPorts(), this.#deployment.doors).open) {
      this.#open(door, port)
    }
    const { min, max } = nodeBounds(this.#deployment)
    const nodes = Math.min(max, Math.max(min, this.#scaling.nodes))
    if (nodes !== this.#scaling.nodes) this.#scaling = newScaling(nodes, this.#clock.now())
    this.#resize()
    for (const [slot, node] of this.#nodes.entries()) {
      node.setMemory(this.#deployment.memoryMb, (memoryMb) => this.#options.planNode(slot, memoryMb))
    }
    this.#rollover.replaceOutdated()
    this.#options.onChange()
  }

  #resize(): void {
    const { nodes } = this.#scaling
    for (let slot = 0; slot < nodes; slot++) {
      const node = this.#nodes[slot]
      if (node === undefined) this.#nodes.push(this.#createNode(slot))
      else node.process.start()
    }
    for (const { process } of this.#nodes.slice(nodes)) process.retire(this.#options.drainMs)
    this.#options.onChange()
  }

  #createNode(slot: number): GroupNode {
    const { supervisor, isEssential, planNode, onChange } = this.#options
    const { memoryMb } = this.#deployment
    return new GroupNode({
      supervisor,
      isEssential,
      plan: planNode(slot, memoryMb),
      memoryMb,
      doors: this.#doors,
      counters: [this.#counters, this.#limits, this.#jobs],
      clock: this.#clock,
      onReady: () => {
        this.#hasRun ||= this.#active().every(({ process }) => process.isReady)
      },
      onChange,
    })
  }

  #active(): GroupNode[] {
    return this.#nodes.slice(0, this.#scaling.nodes)
  }

  #doorPorts(): ReadonlyMap<DoorName, number> {
    return new Map([...this.#wantedDoors].map(([door, { port }]) => [door, port]))
  }

  #open(door: DoorName, port: number): void {
    const { hold, onChange } = this.#options
    const onHeld = (held: HeldPort) => this.#doors.add(door, held)
    this.#wantedDoors.set(door, new WantedDoor({ door, port, hold, onHeld, onChange }))
  }

  #close(door: DoorName): void {
    this.#wantedDoors.get(door)?.cancel()
    this.#wantedDoors.delete(door)
    this.#doors.remove(door)
  }
}

function nodeCount(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`
}
