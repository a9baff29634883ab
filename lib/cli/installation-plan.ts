import path from 'node:path'
import { childEnvironment, type Env } from '@/lib/platform/env.ts'
import { ensureDemoToken, ensureMasterKey, ensureNodeId, ensureNodeToken } from './data-dir.ts'
import type { NodeSettings } from './plan-node.ts'
import type { ProcessPlan } from './process-plan.ts'
import { programFile, programRoot } from './program.ts'
import type { WantedPort } from './require-free-ports.ts'

/** Everything that `up` decides before it starts anything. */
export interface InstallationPlan {
  readonly dataDir: string
  readonly consoleUrl: string
  readonly publicUrl: string
  readonly gatewayUrls: { readonly internet: string; readonly vpc: string }
  /** Every one that is held from the start. */
  readonly doors: Readonly<Record<Door, WantedPort>>
  readonly console: ProcessPlan
  /** Of the shared gateway; they share its doors. */
  readonly sharedNodes: number
  readonly node: NodeSettings
  readonly nameServer: (port: number) => ProcessPlan
  /** The address that gateways' doors bind. */
  readonly bind: string
  /** Secret: what this host and its nodes show the console. */
  readonly nodeToken: string
  readonly migrateEnv: NodeJS.ProcessEnv
  readonly apiToken: string | null
  /** What processes get to finish what is under way: before a stop, and when another has relieved them. */
  readonly drainMs: number
  readonly reloadDrainMs: number
}

export type Door = 'console' | SharedDoor
export type SharedDoor = 'internet' | 'internet-tls' | 'vpc' | 'vpc-tls'

type PortVariable =
  | 'SWITCHYARD_GATEWAY_INTERNET_PORT'
  | 'SWITCHYARD_GATEWAY_INTERNET_TLS_PORT'
  | 'SWITCHYARD_GATEWAY_VPC_PORT'
  | 'SWITCHYARD_GATEWAY_VPC_TLS_PORT'

/** A gateway node has no business with these: it never touches the database, and seals nothing. */
const withheldFromNodes = {
  DATABASE_URL: undefined,
  SWITCHYARD_MASTER_KEY: undefined,
  SWITCHYARD_NEW_MASTER_KEY: undefined,
  SWITCHYARD_API_TOKEN: undefined,
  SWITCHYARD_ADMIN_EMAIL: undefined,
  SWITCHYARD_ADMIN_PASSWORD: undefined,
}

/** Makes the secrets that are missing from the data folder, which must exist. */
export function planInstallation(env: Env, { demo }: { demo: boolean }): InstallationPlan {
  const dataDir = path.resolve(env.SWITCHYARD_DATA_DIR)
  const consoleUrl =
    env.SWITCHYARD_CONSOLE_URL ?? `http://${reachable(env.SWITCHYARD_CONSOLE_HOST)}:${env.PORT}`
  const nodeToken = env.SWITCHYARD_NODE_TOKEN ?? ensureNodeToken(dataDir)
  const apiToken = env.SWITCHYARD_API_TOKEN ?? (demo ? ensureDemoToken(dataDir) : null)
  const shared = { SWITCHYARD_DATA_DIR: dataDir, SWITCHYARD_NODE_TOKEN: nodeToken }
  const consoleEnv = childEnvironment({
    ...shared,
    SWITCHYARD_MASTER_KEY: env.SWITCHYARD_MASTER_KEY ?? ensureMasterKey(dataDir),
    SWITCHYARD_API_TOKEN: apiToken ?? undefined,
    NEXT_TELEMETRY_DISABLED: '1',
  })
  const { SWITCHYARD_GATEWAY_INTERNET_PORT: internet, SWITCHYARD_GATEWAY_VPC_PORT: vpc } = env
  const door = (variable: PortVariable) => ({
    port: env[variable],
    host: env.SWITCHYARD_GATEWAY_BIND,
    variable,
  })
  return {
    dataDir,
    consoleUrl,
    publicUrl: env.SWITCHYARD_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    gatewayUrls: {
      internet: `http://${env.SWITCHYARD_GATEWAY_HOST}:${internet}`,
      vpc: `http://${env.SWITCHYARD_GATEWAY_HOST}:${vpc}`,
    },
    doors: {
      console: { port: env.PORT, host: env.SWITCHYARD_CONSOLE_HOST, variable: 'PORT' },
      internet: door('SWITCHYARD_GATEWAY_INTERNET_PORT'),
      'internet-tls': door('SWITCHYARD_GATEWAY_INTERNET_TLS_PORT'),
      vpc: door('SWITCHYARD_GATEWAY_VPC_PORT'),
      'vpc-tls': door('SWITCHYARD_GATEWAY_VPC_TLS_PORT'),
    },
    console: {
      name: 'console',
      file: programFile('switchyard'),
      arguments: () => ['console', '--listeners', 'ipc'],
      env: consoleEnv,
      cwd: programRoot,
    },
    sharedNodes: env.SWITCHYARD_GATEWAY_NODES,
    node: {
      hostId: ensureNodeId(dataDir),
      env: childEnvironment({ ...withheldFromNodes, ...shared, SWITCHYARD_CONSOLE_URL: consoleUrl }),
    },
    nameServer: (port) => planNameServer(env, port),
    bind: env.SWITCHYARD_GATEWAY_BIND,
    nodeToken,
    migrateEnv: consoleEnv,
    apiToken,
    drainMs: env.SWITCHYARD_DRAIN_SECONDS * 1000,
    reloadDrainMs: env.SWITCHYARD_RELOAD_DRAIN_SECONDS * 1000,
  }
}

function planNameServer({ SWITCHYARD_GATEWAY_BIND: bind }: Env, port: number): ProcessPlan {
  return {
    name: 'name server',
    file: programFile('name-server'),
    arguments: () => ['--port', String(port), '--bind', bind],
    env: childEnvironment({ ...withheldFromNodes, SWITCHYARD_NODE_TOKEN: undefined }),
    cwd: programRoot,
    hasLastWords: true,
  }
}

/** Where this machine itself reaches a server that listens on the host. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
