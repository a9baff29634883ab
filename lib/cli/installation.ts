import { hostname } from 'node:os'
import path from 'node:path'
import { Deployments } from '@/lib/cli/deployments/deployments.ts'
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
    const supervisor = new Supervisor({ say, drainMs: plan.drainMs + stopGraceMs })
    const installation = new Installation(plan, supervisor, doors)
    answerSignals(supervisor, reloadOnDemand({ dataDir, say, run: (note) => installation.reload(note) }))
    return await installation.run({ ...options, begun })
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

function say(line: string): void {
  console.error(line)
}

class Installation {
  readonly #plan: InstallationPlan
  readonly #supervisor: Supervisor
  readonly #doors: ReadonlyMap<string, HeldPort>
  readonly #deployments: Deployments
  #console: Supervised | null = null

  constructor(plan: InstallationPlan, supervisor: Supervisor, doors: ReadonlyMap<string, HeldPort>) {
    this.#plan = plan
    this.#supervisor = supervisor
    this.#doors = doors
    // Nodes serve their last good snapshot from the first moment; only the console needs the database.
    this.#deployments = new Deployments({
      ...plan,
      supervisor,
      host: hostname(),
      shared: {
        nodes: plan.sharedNodes,
        doors: new Map([...doors].filter(([name]) => name !== 'console')),
      },
      otherPorts: [plan.doors.console.port],
      readyWithinMs: reloadedWithinMs,
      drainMs: plan.reloadDrainMs,
      say,
    })
  }

  async start({ demo, begun }: { demo: boolean; begun: number }): Promise<void> {
    const plan = this.#plan
    try {
      this.#deployments.start()
      await migrateInChild(plan.migrateEnv)
      const console_ = this.#supervisor.run(plan.console, passDoors(this.#doors, ['console']))
      this.#console = console_
      const [{ setupUrl }] = await Promise.all([console_.ready, this.#deployments.ready()])
      const isHealthy = await waitForHealth(plan.consoleUrl, { withinMs: healthWithinMs })
      printAddresses(plan, { setupUrl, begun, isHealthy })
      if (demo) await runDemo(plan, this.#supervisor)
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      await this.#supervisor.stop(1)
    }
  }

  async reload(note: (line: string) => void): Promise<boolean> {
    if (this.#console === null) {
      note('Switchyard is still starting: nothing to reload yet.')
      return false
    }
    return reloadInstallation({
      console: this.#console.process,
      reloadGateways: (replaceAll) => this.#deployments.reload(replaceAll),
      migrate: () => migrateInChild(this.#plan.migrateEnv),
      readyWithinMs: reloadedWithinMs,
      reloadDrainMs: this.#plan.reloadDrainMs,
      say: note,
    })
  }

  /** Resolves with the exit code, when all has stopped. */
  async run(options: { demo: boolean; begun: number }): Promise<number> {
    void this.start(options)
    await this.#supervisor.stopping
    this.#deployments.stop()
    const exitCode = await this.#supervisor.finished
    this.#deployments.release()
    return exitCode
  }
}

function printAddresses(
  { publicUrl, gatewayUrls, sharedNodes, consoleUrl, dataDir, doors }: InstallationPlan,
  { setupUrl, begun, isHealthy }: { setupUrl: unknown; begun: number; isHealthy: boolean },
): void {
  const rows = [
    ['Console', publicUrl],
    ['Gateway, Internet side', gatewayUrls.internet],
    ['Gateway, VPC side', gatewayUrls.vpc],
    ['Gateway, TLS', `ports ${doors['internet-tls'].port} and ${doors['vpc-tls'].port}, for domains`],
    ['Gateway nodes', sharedNodes === 1 ? '1 process' : `${sharedNodes} processes`],
    ['Data', dataDir],
    ...(typeof setupUrl === 'string' ? [['Make the first owner', setupUrl]] : []),
  ]
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const state = isHealthy ? 'is ready' : `runs, but ${consoleUrl}/api/health does not say so yet`
  const lines = rows.map(([name, value]) => `  ${(name ?? '').padEnd(24)}${value}`)
  console.log(`\nSwitchyard ${state} (${seconds} s). Ctrl-C stops it.\n\n${lines.join('\n')}\n`)
}
