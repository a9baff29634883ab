import path from 'node:path'
import { childEnvironment, type Env } from '@/lib/platform/env.ts'
import { ensureDemoToken, ensureMasterKey, ensureNodeId, ensureNodeToken } from './data-dir.ts'
import { programFile, programRoot } from './program.ts'
import type { WantedPort } from './require-free-ports.ts'
import type { ProcessPlan } from './supervised-process.ts'

/** Everything that `up` decides before it starts anything. */
export interface InstallationPlan {
  readonly dataDir: string
  readonly consoleUrl: string
  readonly publicUrl: string
  readonly gatewayUrls: { readonly internet: string; readonly vpc: string }
  readonly ports: readonly WantedPort[]
  readonly console: ProcessPlan
  readonly gateway: ProcessPlan
  readonly migrateEnv: NodeJS.ProcessEnv
  readonly apiToken: string | null
}

/** A gateway node has no business with these: it never touches the database, and seals nothing. */
const withheldFromNodes = {
  DATABASE_URL: undefined,
  SWITCHYARD_MASTER_KEY: undefined,
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
  const bind = env.SWITCHYARD_GATEWAY_BIND
  return {
    dataDir,
    consoleUrl,
    publicUrl: env.SWITCHYARD_PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    gatewayUrls: {
      internet: `http://${env.SWITCHYARD_GATEWAY_HOST}:${internet}`,
      vpc: `http://${env.SWITCHYARD_GATEWAY_HOST}:${vpc}`,
    },
    ports: [
      { port: env.PORT, host: env.SWITCHYARD_CONSOLE_HOST, variable: 'PORT' },
      { port: internet, host: bind, variable: 'SWITCHYARD_GATEWAY_INTERNET_PORT' },
      { port: vpc, host: bind, variable: 'SWITCHYARD_GATEWAY_VPC_PORT' },
    ],
    console: {
      name: 'console',
      file: programFile('switchyard'),
      arguments: ['console'],
      env: consoleEnv,
      cwd: programRoot,
    },
    gateway: {
      name: 'gateway node',
      file: programFile('gateway-node'),
      arguments: ['--gateway', 'shared', '--node', ensureNodeId(dataDir)],
      env: childEnvironment({ ...withheldFromNodes, ...shared, SWITCHYARD_CONSOLE_URL: consoleUrl }),
      cwd: programRoot,
    },
    migrateEnv: consoleEnv,
    apiToken,
  }
}

/** Where this machine itself reaches a server that listens on the host. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
