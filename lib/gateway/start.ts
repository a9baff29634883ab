import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runGatewayNode } from '@/lib/gateway/main.ts'
import { EnvError, readEnv } from '@/lib/platform/env.ts'
import { createId } from '@/lib/platform/id.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import { followDoors } from '@/lib/platform/receive-listeners.ts'
import type { DoorName } from '@/lib/snapshot/deployment.ts'

/**
 * The gateway node's own program: `node dist/gateway-node.mjs --gateway shared --node <id>`. With `--listeners ipc`
 * it serves on sockets that its supervisor passes, and `--slot` names what it shares with those before and after it.
 */
async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      gateway: { type: 'string', default: 'shared' },
      node: { type: 'string' },
      'internet-port': { type: 'string' },
      'internet-tls-port': { type: 'string' },
      'vpc-port': { type: 'string' },
      'vpc-tls-port': { type: 'string' },
      'admin-port': { type: 'string', default: '0' },
      slot: { type: 'string' },
      listeners: { type: 'string', default: 'bind' },
      registrar: { type: 'boolean', default: false },
    },
  })
  const env = readEnv()
  const dataDir = resolve(env.SWITCHYARD_DATA_DIR)
  await runGatewayNode({
    gatewayId: values.gateway,
    nodeId: values.node ?? createId('node'),
    consoleUrl: env.SWITCHYARD_CONSOLE_URL ?? `http://127.0.0.1:${env.PORT}`,
    nodeToken: env.SWITCHYARD_NODE_TOKEN ?? readNodeToken(dataDir),
    dataDir,
    bind: env.SWITCHYARD_GATEWAY_BIND,
    doors: {
      ...door('internet', values['internet-port'], env.SWITCHYARD_GATEWAY_INTERNET_PORT),
      ...door('internet-tls', values['internet-tls-port'], env.SWITCHYARD_GATEWAY_INTERNET_TLS_PORT),
      ...door('vpc', values['vpc-port'], env.SWITCHYARD_GATEWAY_VPC_PORT),
      ...door('vpc-tls', values['vpc-tls-port'], env.SWITCHYARD_GATEWAY_VPC_TLS_PORT),
    },
    adminPort: portOf(values['admin-port'], 0) ?? 0,
    ...(values.slot === undefined ? {} : { slot: values.slot }),
    ...(values.listeners === 'ipc' ? { followDoors } : {}),
    isRegistrar: values.registrar,
    drainMs: env.SWITCHYARD_DRAIN_SECONDS * 1000,
    version: readVersion(),
    logger: createLogger('gateway-node', env.SWITCHYARD_LOG_LEVEL),
  })
}

function door(name: DoorName, given: string | undefined, otherwise: number) {
  const port = portOf(given, otherwise)
  return port === null ? {} : { [name]: port }
}

/** Null for `off`. */
function portOf(text: string | undefined, otherwise: number): number | null {
  if (text === undefined) return otherwise
  if (text === 'off') return null
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new EnvError(`${text} is not a port.`)
  return Number(text)
}

function readNodeToken(dataDir: string): string {
  const path = resolve(dataDir, 'node.token')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new EnvError(`SWITCHYARD_NODE_TOKEN is not set and ${path} cannot be read.`, { cause })
  }
}

/** The bundle lies one folder below package.json, this file two. */
function readVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'))
      if (name === 'switchyard' && typeof version === 'string') return version
    } catch {}
  }
  return 'unknown'
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
