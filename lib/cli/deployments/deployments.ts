import path from 'node:path'
import type { HeldPort } from '@/lib/cli/held-port.ts'
import { type NodeSettings, planNode } from '@/lib/cli/plan-node.ts'
import type { ProcessPlan } from '@/lib/cli/process-plan.ts'
import type { SupervisedProcess } from '@/lib/cli/supervised-process.ts'
import type { Supervisor } from '@/lib/cli/supervisor.ts'
import type { DeploymentPlan, DeploymentReport, GatewayDeployment } from '@/lib/snapshot/deployment.ts'
import { DeploymentReporter } from './deployment-reporter.ts'
import { forgetSnapshots } from './forget-snapshots.ts'
import { GatewayGroup } from './gateway-group.ts'
import { HostPorts } from './host-ports.ts'
import { NameServerProcess } from './name-server-process.ts'
import { PlanStore, readPlan } from './plan-store.ts'
import { PlanStream } from './plan-stream.ts'
import { gatewayChanges } from './reconcile.ts'
import type { ScalingPolicy } from './scaling.ts'

export interface DeploymentsOptions {
  readonly supervisor: Supervisor
  readonly dataDir: string
  readonly consoleUrl: string
  /** Secret. */
  readonly nodeToken: string
  /** This machine's name, as the console shows it. */
  readonly host: string
  /** The address that doors bind. */
  readonly bind: string
  readonly node: NodeSettings
  readonly nameServer: (port: number) => ProcessPlan
  /** The shared gateway's number of nodes and its own doors are this host's settings. */
  readonly shared: { readonly nodes: number; readonly doors: ReadonlyMap<string, HeldPort> }
  /** Of this installation, and not for gateways. */
  readonly otherPorts: readonly number[]
  /** How long a new process may take until it serves, and what the one before gets for what it began. */
  readonly readyWithinMs: number
  readonly drainMs: number
  say(line: string): void
  readonly scalingPolicy?: ScalingPolicy
  readonly measureEveryMs?: number
}

const sharedGateway = 'shared'

/**
 * The gateways of this host, made to be what the console's plan says: the shared one from the start, the others as
 * they come and go. The last good plan is kept, so all of them run, and come back, without a console.
 */
export class Deployments {
  readonly #options: DeploymentsOptions
  readonly #ports: HostPorts
  readonly #store: PlanStore
  readonly #stream: PlanStream
  readonly #reporter: DeploymentReporter
  readonly #nameServer: NameServerProcess
  readonly #shared: GatewayGroup
  readonly #groups = new Map<string, GatewayGroup>()
  /** Out of the plan, and finishing. One that comes back meanwhile waits for its ports and names. */
  readonly #stopping = new Map<string, GatewayGroup>()
  #plan: DeploymentPlan | null = null
  #text = ''
  #measuring: NodeJS.Timeout | undefined

  constructor(options: DeploymentsOptions) {
    this.#options = options
    const { supervisor, shared, otherPorts, consoleUrl, nodeToken, host } = options
    const own = [...shared.doors.values()].map(({ port }) => port)
    this.#ports = new HostPorts(options.bind, [...own, ...otherPorts])
    this.#store = new PlanStore(options.dataDir)
    this.#reporter = new DeploymentReporter({ consoleUrl, nodeToken, compose: () => this.#report() })
    const onChange = () => this.#reporter.nudge()
    this.#nameServer = new NameServerProcess({ supervisor, planProcess: options.nameServer, onChange })
    this.#stream = new PlanStream({
      consoleUrl,
      nodeToken,
      host,
      // A console that restarted may have forgotten what it was told.
      onOpen: onChange,
      onPlan: (text) => this.#receive(text),
      onTrouble: (reason) => options.say(`${reason} The gateways go on as they are.`),
    })
    this.#shared = this.#createGroup(this.#sharedDeployment(null))
  }

  /** The shared gateway serves; of dedicated ones the reports tell. */
  ready(): Promise<void> {
    return this.#shared.ready()
  }

  /** Runs the plan of last time at once, then follows the console. */
  start(): void {
    const stored = this.#store.load()
    if (stored !== null && 'plan' in stored) this.#apply(stored.plan)
    else if (stored !== null) this.#options.say(`${stored.refused} Dedicated gateways wait for the console.`)
    this.#measuring = setInterval(() => this.#measure(), this.#options.measureEveryMs ?? 1_000)
    void this.#stream.run()
  }

  /** Replaces the processes of every gateway, the shared one's first. Resolves with whether all were. */
  async reload(replaceAll: (processes: SupervisedProcess[]) => Promise<boolean>): Promise<boolean> {
    if (!(await this.#shared.reload(replaceAll))) return false
    let areAll = true
    for (const group of [...this.#groups.values()]) areAll = (await group.reload(replaceAll)) && areAll
    return (await this.#nameServer.reload(this.#options.readyWithinMs)) && areAll
  }

  /** Decides nothing any more. The supervisor stops the processes. */
  stop(): void {
    clearInterval(this.#measuring)
    this.#stream.stop()
    this.#reporter.stop()
  }

  /** Frees ports and timers, once the processes have gone. */
  release(): void {
    for (const group of this.#all()) group.release()
  }

  #receive(text: string): void {
    if (text === this.#text) return
    const read = readPlan(text)
    if ('refused' in read) {
      this.#text = text
      this.#options.say(`${read.refused} The gateways go on as they are.`)
      return
    }
    this.#apply(read.plan)
    // Last: a plan that could not be followed to its end is followed again when it comes again.
    this.#text = text
    try {
      this.#store.save(read.plan)
    } catch (error) {
      this.#options.say(
        `The deployment plan was not stored (${error instanceof Error ? error.message : error}); a restart will need the console.`,
      )
    }
  }

  #apply(plan: DeploymentPlan): void {
    this.#plan = plan
    const dedicated = plan.gateways.filter(
      ({ type, gatewayId }) => type !== 'shared' && !this.#stopping.has(gatewayId),
    )
    const { stop, change, start } = gatewayChanges(new Set(this.#groups.keys()), dedicated)
    const shared = this.#sharedDeployment(plan)
    for (const id of stop) this.#stopGroup(id)
    for (const next of change) this.#groups.get(next.gatewayId)?.shed(next)
    this.#shared.shed(shared)
    this.#shared.change(shared)
    for (const next of change) this.#groups.get(next.gatewayId)?.change(next)
    for (const next of start) this.#groups.set(next.gatewayId, this.#createGroup(next))
    this.#nameServer.change(plan.nameServer)
    this.#reporter.nudge()
  }

  #stopGroup(id: string): void {
    const group = this.#groups.get(id)
    if (group === undefined) return
    this.#groups.delete(id)
    this.#stopping.set(id, group)
    void group.stop().then(() => {
      this.#stopping.delete(id)
      const isBack = this.#plan?.gateways.some(({ gatewayId }) => gatewayId === id) === true
      if (isBack && this.#plan !== null) this.#apply(this.#plan)
      else forgetSnapshots(this.#options.dataDir, id)
      this.#reporter.nudge()
    })
  }

  #createGroup(deployment: GatewayDeployment): GatewayGroup {
    const { supervisor, node, shared, readyWithinMs, drainMs, say, scalingPolicy } = this.#options
    const isShared = deployment.type === 'shared'
    const name = (slot: number) =>
      isShared
        ? `gateway node${shared.nodes === 1 ? '' : ` ${slot + 1}`}`
        : `node ${slot + 1} of the gateway ${deployment.name}`
    const gatewayId = isShared ? sharedGateway : deployment.gatewayId
    const kept = path.join(this.#options.dataDir, 'nodes', gatewayId)
    return new GatewayGroup(deployment, {
      supervisor,
      isEssential: isShared,
      hold: (port) => this.#ports.hold(port),
      planNode: (slot, memoryMb) =>
        planNode(node, {
          gatewayId,
          name: name(slot),
          slot,
          memoryMb,
        }),
      limitsFile: `${kept}.limits`,
      jobsFile: `${kept}.jobs`,
      ...(isShared ? { ownDoors: shared.doors } : {}),
      readyWithinMs,
      drainMs,
      say,
      onChange: () => this.#reporter.nudge(),
      ...(scalingPolicy === undefined ? {} : { scalingPolicy }),
    })
  }

  #sharedDeployment(plan: DeploymentPlan | null): GatewayDeployment {
    const planned = plan?.gateways.find(({ type }) => type === 'shared')
    const { nodes } = this.#options.shared
    return {
      gatewayId: planned?.gatewayId ?? sharedGateway,
      name: planned?.name ?? sharedGateway,
      type: 'shared',
      doors: planned?.doors ?? [],
      nodes: { min: nodes, max: nodes },
      memoryMb: null,
    }
  }

  #measure(): void {
    for (const group of [this.#shared, ...this.#groups.values()]) group.measure()
  }

  #all(): GatewayGroup[] {
    return [this.#shared, ...this.#groups.values(), ...this.#stopping.values()]
  }

  #report(): DeploymentReport {
    const gateways = this.#all().map((group) => group.report())
    return { host: this.#options.host, gateways, nameServer: this.#nameServer.report() }
  }
}
