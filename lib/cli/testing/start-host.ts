import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Deployments } from '@/lib/cli/deployments/deployments.ts'
import type { ScalingPolicy } from '@/lib/cli/deployments/scaling.ts'
import { type HeldPort, holdPort } from '@/lib/cli/held-port.ts'
import type { NodeSettings } from '@/lib/cli/plan-node.ts'
import { Supervisor } from '@/lib/cli/supervisor.ts'
import { startConsole, type TestConsole } from '@/lib/gateway/testing/start-console.ts'
import { childEnvironment } from '@/lib/platform/env.ts'
import type { DeploymentPlan, GatewayDeployment } from '@/lib/snapshot/deployment.ts'
import { type PlanConsole, startPlanConsole } from './plan-console.ts'

const nodeToken = 't'.repeat(40)

export interface TestHost {
  readonly dataDir: string
  /** Of the shared gateway's Internet side. */
  readonly sharedUrl: string
  /** Publishes snapshots to nodes, whatever their gateway. */
  readonly console: TestConsole
  readonly plans: PlanConsole
  readonly deployments: Deployments
  readonly supervisor: Supervisor
  readonly said: readonly string[]
  /** Process ids of a gateway's nodes, those that finish included. */
  pids(gatewayId: string): number[]
  /** Ends everything but keeps the data folder. */
  stop(): Promise<void>
}

export interface TestHostOptions {
  /** The node's program. */
  readonly bundle: string
  readonly dataDir?: string
  readonly sharedNodes?: number
  readonly scalingPolicy?: ScalingPolicy
  /** False: no console at all. */
  readonly hasConsole?: boolean
  readonly env?: Readonly<Record<string, string>>
}

/** What `switchyard up` runs for gateways, below consoles of the test. */
export async function startHost(options: TestHostOptions): Promise<TestHost> {
  const dataDir = options.dataDir ?? makeDataDir()
  const said: string[] = []
  const console = await startConsole(nodeToken)
  const plans = await startPlanConsole(nodeToken)
  if (options.hasConsole === false) {
    await console.close()
    await plans.close()
  }
  const supervisor = new Supervisor({ say: (line) => said.push(line), drainMs: 20_000 })
  const doors = new Map<string, HeldPort>()
  for (const name of ['internet', 'internet-tls', 'vpc', 'vpc-tls']) {
    doors.set(name, await holdPort({ host: '127.0.0.1', port: 0, variable: null }))
  }
  const deployments = new Deployments({
    supervisor,
    dataDir,
    consoleUrl: plans.url,
    nodeToken,
    host: 'test-host',
    bind: '127.0.0.1',
    node: planNode(options, dataDir, console.url),
    nameServer: () => {
      throw new Error('No test of this host has a name server.')
    },
    shared: { nodes: options.sharedNodes ?? 1, doors },
    otherPorts: [],
    readyWithinMs: 30_000,
    drainMs: 60_000,
    say: (line) => said.push(line),
    measureEveryMs: 200,
    ...(options.scalingPolicy === undefined ? {} : { scalingPolicy: options.scalingPolicy }),
  })
  deployments.start()
  let stopped: Promise<void> | null = null
  const stop = async () => {
    deployments.stop()
    const ended = supervisor.stop()
    supervisor.kill()
    await ended
    deployments.release()
    if (options.hasConsole === false) return
    await console.close()
    await plans.close()
  }
  return {
    dataDir,
    sharedUrl: `http://127.0.0.1:${doors.get('internet')?.port}`,
    console,
    plans,
    deployments,
    supervisor,
    said,
    pids: nodeProcesses,
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

function planNode({ bundle, env }: TestHostOptions, dataDir: string, consoleUrl: string): NodeSettings {
  return {
    hostId: 'node_host',
    file: bundle,
    env: childEnvironment({
      SWITCHYARD_NODE_TOKEN: nodeToken,
      SWITCHYARD_CONSOLE_URL: consoleUrl,
      SWITCHYARD_DATA_DIR: dataDir,
      SWITCHYARD_LOG_LEVEL: 'error',
      SWITCHYARD_DRAIN_SECONDS: '10',
      ...env,
    }),
  }
}

function nodeProcesses(gatewayId: string): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...words]) => {
      const place = words.indexOf('--gateway')
      return Number(parent) === process.pid && place !== -1 && words[place + 1] === gatewayId
    })
    .map(([pid]) => Number(pid))
}

export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'switchyard-host-'))
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true })
}

export function planOf(...gateways: GatewayDeployment[]): DeploymentPlan {
  return {
    formatVersion: 1,
    gateways: [
      {
        gatewayId: 'gw_shared',
        name: 'shared',
        type: 'shared',
        doors: [],
        nodes: { min: 1, max: 1 },
        memoryMb: null,
      },
      ...gateways,
    ],
    nameServer: null,
  }
}
