import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { GatewayDoors } from '@/lib/cli/deployments/gateway-doors.ts'
import { type HeldPort, holdPort } from '@/lib/cli/held-port.ts'
import type { ProcessPlan } from '@/lib/cli/process-plan.ts'
import { type Supervised, Supervisor } from '@/lib/cli/supervisor.ts'
import { Coordinator } from '@/lib/counters/coordinator.ts'
import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import { JobKeeper } from '@/lib/counters/jobs/job-keeper.ts'
import { LimitBook } from '@/lib/counters/limits/limit-book.ts'
import { LimitKeeper } from '@/lib/counters/limits/limit-keeper.ts'
import { startConsole, type TestConsole } from '@/lib/gateway/testing/start-console.ts'
import { childEnvironment } from '@/lib/platform/env.ts'

const nodeToken = 't'.repeat(40)
const root = join(import.meta.dirname, '../../..')

export interface NodeProcesses {
  readonly url: string
  readonly port: HeldPort
  readonly console: TestConsole
  readonly supervisor: Supervisor
  readonly nodes: readonly Supervised[]
  /** What the supervisor said so far. */
  readonly said: readonly string[]
  /** Kills what is left. */
  close(): Promise<void>
}

export interface NodeProcessesOptions {
  readonly bundle: string
  readonly count: number
  readonly env?: Readonly<Record<string, string>>
  readonly drainMs?: number
  /** Changes what a process is started with. */
  readonly alter?: (plan: ProcessPlan) => ProcessPlan
}

/** Gateway node processes as an installation has them, on a port of 127.0.0.1, below a console of the test. */
export async function startNodes(options: NodeProcessesOptions): Promise<NodeProcesses> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-nodes-'))
  const said: string[] = []
  const console = await startConsole(nodeToken)
  const port = await holdPort({ host: '127.0.0.1', port: 0, variable: 'PORT' })
  const vpc = await holdPort({ host: '127.0.0.1', port: 0, variable: 'PORT' })
  const doors = new Map([
    ['internet', port],
    ['vpc', vpc],
  ])
  const supervisor = new Supervisor({
    say: (line) => said.push(line),
    ...(options.drainMs === undefined ? {} : { drainMs: options.drainMs }),
  })
  const counters = new Coordinator()
  const limits = new LimitKeeper(new LimitBook())
  const jobs = new JobKeeper(new JobBook())
  const env = childEnvironment({
    SWITCHYARD_NODE_TOKEN: nodeToken,
    SWITCHYARD_CONSOLE_URL: console.url,
    SWITCHYARD_DATA_DIR: folder,
    SWITCHYARD_LOG_LEVEL: 'error',
    ...options.env,
  })
  const nodeDoors = new GatewayDoors(doors)
  const nodes = Array.from({ length: options.count }, (_, index) => {
    const slot = `node-${index + 1}`
    const plan: ProcessPlan = {
      name: `gateway node ${index + 1}`,
      file: options.bundle,
      arguments: (generation) => [
        ...['--gateway', 'shared', '--node', generation === 1 ? slot : `${slot}~${generation}`],
        ...['--slot', slot, '--listeners', 'ipc'],
      ],
      env,
      cwd: root,
    }
    return supervisor.run(options.alter?.(plan) ?? plan, {
      spawned: (child) => {
        counters.attach(child.process)
        limits.attach(child.process)
        jobs.attach(child.process)
      },
      listenersWanted: (...asked) => nodeDoors.listenersWanted(...asked),
      left: (child) => nodeDoors.left(child),
    })
  })
  return {
    url: `http://127.0.0.1:${port.port}`,
    port,
    console,
    supervisor,
    nodes,
    said,
    async close() {
      const stopped = supervisor.stop()
      supervisor.kill()
      await stopped
      port.release()
      vpc.release()
      counters.close()
      await console.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The node's program, bundled as an installation has it. Returns its file, and what removes it. */
export async function bundleNode(): Promise<{ file: string; remove(): void }> {
  // Next to node_modules, where the external packages are found.
  const file = join(root, 'node_modules', '.cache', `gateway-node-${process.pid}-${Date.now()}.mjs`)
  await build({
    entryPoints: [join(root, 'lib/gateway/start.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    alias: { '@': root },
    logLevel: 'silent',
  })
  return { file, remove: () => rmSync(file, { force: true }) }
}
