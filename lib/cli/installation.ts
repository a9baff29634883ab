import path from 'node:path'
import { GatewayDoors } from '@/lib/cli/deployments/gateway-doors.ts'
import { Coordinator } from '@/lib/counters/coordinator.ts'
import type { Env } from '@/lib/platform/env.ts'
import { answerSignals } from './answer-signals.ts'
import { ensureDataDir } from './data-dir.ts'
import { lockDataDir } from './data-dir-lock.ts'
import { runDemo } from './demo.ts'
import { type HeldPort, holdPort } from './held-port.ts'
import { type InstallationPlan, planInstallation } from './installation-plan.ts'
import { migrateInChild } from './migrate-in-child.ts'
import { passDoors } from './pass-doors.ts'
import { reloadInstallation } from './reload-installation.ts'
import { reloadOnDemand } from './reload-on-demand.ts'
import { requireFreePorts } from './require-free-ports.ts'
import { type Supervised, Supervisor } from './supervisor.ts'
import { waitForHealth } from './wait-for-health.ts'

const healthWithinMs = 60_000
/** A node loads its stored snapshot within a second; a console takes its time on a busy machine. */
const reloadedWithinMs = 60_000
/** On top of what processes get to finish, before they are ended. */
const stopGraceMs = 10_000

/** `switchyard up`: from an environment to a running console and shared gateway. Resolves when all has stopped. */
export async function runInstallation(env: Env, options: { demo: boolean }): Promise<number> {
  const begun = performance.now()
  const dataDir = path.resolve(env.SWITCHYARD_DATA_DIR)
  ensureDataDir(dataDir)
  const unlock = lockDataDir(dataDir)
  let doors: ReadonlyMap<string, HeldPort> = new Map()
  try {
    const plan = planInstallation(env, options)
    await requireFreePorts(Object.values(plan.doors))
    doors = await holdDoors(plan)
    const say = (line: string) => console.error(line)
    const supervisor = new Supervisor({ say, drainMs: plan.drainMs + stopGraceMs })
    const installation = new Installation(plan, supervisor, doors)
    answerSignals(supervisor, reloadOnDemand({ dataDir, say, run: (note) => installation.reload(note) }))
    void installation.start({ ...options, begun })
    return await supervisor.finished
  } finally {
    for (const door of doors.values()) door.release()
    unlock()
  }
}

async function holdDoors(plan: InstallationPlan): Promise<ReadonlyMap<string, HeldPort>> {
  const held = new Map<string, HeldPort>()
  for (const [name, wanted] of Object.entries(plan.doors)) held.set(name, await holdPort(wanted))
  return held
}

class Installation {
  readonly #plan: InstallationPlan
  readonly #supervisor: Supervisor
  readonly #doors: ReadonlyMap<string, HeldPort>
  /** Nodes of one gateway on one host keep its limits together. */
  readonly #counters = new Coordinator()
  #running: { console: Supervised; gateways: readonly Supervised[] } | null = null

  constructor(plan: InstallationPlan, supervisor: Supervisor, doors: ReadonlyMap<string, HeldPort>) {
    this.#plan = plan
    this.#supervisor = supervisor
    this.#doors = doors
  }

  async start({ demo, begun }: { demo: boolean; begun: number }): Promise<void> {
    const plan = this.#plan
    try {
      // Nodes serve their last good snapshot from the first moment; only the console needs the database.
      const nodeDoors = new GatewayDoors(new Map([...this.#doors].filter(([name]) => name !== 'console')))
      const gateways = plan.gateways.map((node) =>
        this.#supervisor.run(node, {
          spawned: (child) => this.#counters.attach(child.process),
          listenersWanted: (...asked) => nodeDoors.listenersWanted(...asked),
          left: (child) => nodeDoors.left(child),
        }),
      )
      await migrateInChild(plan.migrateEnv)
      const console_ = this.#supervisor.run(plan.console, passDoors(this.#doors, ['console']))
      this.#running = { console: console_, gateways }
      const [{ setupUrl }] = await Promise.all([console_.ready, ...gateways.map(({ ready }) => ready)])
      const isHealthy = await waitForHealth(plan.consoleUrl, { withinMs: healthWithinMs })
      printAddresses(plan, { setupUrl, begun, isHealthy })
      if (demo) await runDemo(plan, this.#supervisor)
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      await this.#supervisor.stop(1)
    }
  }

  async reload(say: (line: string) => void): Promise<boolean> {
    if (this.#running === null) {
      say('Switchyard is still starting: nothing to reload yet.')
      return false
    }
    const { console: console_, gateways } = this.#running
    return reloadInstallation({
      console: console_.process,
      gateways: gateways.map((node) => node.process),
      migrate: () => migrateInChild(this.#plan.migrateEnv),
      readyWithinMs: reloadedWithinMs,
      reloadDrainMs: this.#plan.reloadDrainMs,
      say,
    })
  }
}

function printAddresses(
  { publicUrl, gatewayUrls, gateways, consoleUrl, dataDir }: InstallationPlan,
  { setupUrl, begun, isHealthy }: { setupUrl: unknown; begun: number; isHealthy: boolean },
): void {
  const rows = [
    ['Console', publicUrl],
    ['Gateway, Internet side', gatewayUrls.internet],
    ['Gateway, VPC side', gatewayUrls.vpc],
    ['Gateway nodes', gateways.length === 1 ? '1 process' : `${gateways.length} processes`],
    ['Data', dataDir],
    ...(typeof setupUrl === 'string' ? [['Make the first owner', setupUrl]] : []),
  ]
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const state = isHealthy ? 'is ready' : `runs, but ${consoleUrl}/api/health does not say so yet`
  const lines = rows.map(([name, value]) => `  ${(name ?? '').padEnd(24)}${value}`)
  console.log(`\nSwitchyard ${state} (${seconds} s). Ctrl-C stops it.\n\n${lines.join('\n')}\n`)
}
