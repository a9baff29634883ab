import path from 'node:path'
import type { Env } from '@/lib/platform/env.ts'
import { ensureDataDir } from './data-dir.ts'
import { lockDataDir } from './data-dir-lock.ts'
import { runDemo } from './demo.ts'
import { type InstallationPlan, planInstallation } from './installation-plan.ts'
import { migrateInChild } from './migrate-in-child.ts'
import { requireFreePorts } from './require-free-ports.ts'
import { Supervisor } from './supervisor.ts'
import { waitForHealth } from './wait-for-health.ts'

const healthWithinMs = 60_000
const sameKeystrokeMs = 500

/** `switchyard up`: from an environment to a running console and shared gateway. Resolves when all has stopped. */
export async function runInstallation(env: Env, options: { demo: boolean }): Promise<number> {
  const begun = performance.now()
  const dataDir = path.resolve(env.SWITCHYARD_DATA_DIR)
  ensureDataDir(dataDir)
  const unlock = lockDataDir(dataDir)
  try {
    const plan = planInstallation(env, options)
    await requireFreePorts(plan.ports)
    const supervisor = new Supervisor({ say: (line) => console.error(line) })
    stopOnSignals(supervisor)
    void announce(plan, supervisor, { ...options, begun })
    return await supervisor.finished
  } finally {
    unlock()
  }
}

async function announce(
  plan: InstallationPlan,
  supervisor: Supervisor,
  { demo, begun }: { demo: boolean; begun: number },
): Promise<void> {
  try {
    // The node serves its last good snapshot from the first moment; only the console needs the database.
    const gateway = supervisor.run(plan.gateway)
    await migrateInChild(plan.migrateEnv)
    const console_ = supervisor.run(plan.console)
    const [{ setupUrl }] = await Promise.all([console_.ready, gateway.ready])
    const isHealthy = await waitForHealth(plan.consoleUrl, { withinMs: healthWithinMs })
    printAddresses(plan, { setupUrl, begun, isHealthy })
    if (demo) await runDemo(plan, supervisor)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    await supervisor.stop(1)
  }
}

function printAddresses(
  { publicUrl, gatewayUrls, consoleUrl, dataDir }: InstallationPlan,
  { setupUrl, begun, isHealthy }: { setupUrl: unknown; begun: number; isHealthy: boolean },
): void {
  const rows = [
    ['Console', publicUrl],
    ['Gateway, Internet side', gatewayUrls.internet],
    ['Gateway, VPC side', gatewayUrls.vpc],
    ['Data', dataDir],
    ...(typeof setupUrl === 'string' ? [['Make the first owner', setupUrl]] : []),
  ]
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const state = isHealthy ? 'is ready' : `runs, but ${consoleUrl}/api/health does not say so yet`
  const lines = rows.map(([name, value]) => `  ${(name ?? '').padEnd(24)}${value}`)
  console.log(`\nSwitchyard ${state} (${seconds} s). Ctrl-C stops it.\n\n${lines.join('\n')}\n`)
}

/** The first signal drains, the second ends everything at once. */
function stopOnSignals(supervisor: Supervisor): void {
  let askedAt: number | null = null
  const stop = () => {
    // One Ctrl-C arrives twice: from the terminal, and from npm, which passes it on.
    if (askedAt !== null && performance.now() - askedAt < sameKeystrokeMs) return
    if (askedAt === null) {
      console.error('Stopping: requests in flight may finish. Press Ctrl-C again to end them.')
    }
    askedAt ??= performance.now()
    void supervisor.stop(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
}
