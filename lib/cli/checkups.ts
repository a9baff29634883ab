import { readFileSync, statfsSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { locateDatabase } from '@/lib/persistence/database-location.ts'
import type { Env } from '@/lib/platform/env.ts'
import { countNodes } from './count-nodes.ts'
import { lockHolder } from './data-dir-lock.ts'
import { findPortOwner } from './port-owner.ts'
import { programRoot } from './program.ts'
import { tryToListen } from './require-free-ports.ts'
import { isHealthy } from './wait-for-health.ts'
import { withDatabaseErrors } from './with-database-errors.ts'

interface Patient {
  readonly env: Env
  readonly dataDir: string
}

interface Finding {
  readonly ok: boolean
  readonly text: string
}

interface Checkup {
  readonly name: string
  look(patient: Patient): Finding | Promise<Finding>
}

const freeMegabytesMin = 300
const clockSkewSecondsMax = 5

export const checkups: readonly Checkup[] = [
  { name: 'Node', look: lookAtNode },
  { name: 'Data folder', look: lookAtDataFolder },
  { name: 'Keys', look: lookAtKeys },
  { name: 'Disk', look: lookAtDisk },
  { name: 'Database', look: lookAtDatabase },
  { name: 'Ports', look: lookAtPorts },
  { name: 'Gateway nodes', look: lookAtNodes },
  { name: 'Console', look: lookAtConsole },
  { name: 'Clock', look: lookAtClock },
]

function lookAtNode(): Finding {
  const { engines } = JSON.parse(readFileSync(path.join(programRoot, 'package.json'), 'utf8'))
  const wanted = String(engines.node).replace('>=', '')
  const ok = process.versions.node.localeCompare(wanted, 'en', { numeric: true }) >= 0
  return {
    ok,
    text: ok ? process.versions.node : `${process.versions.node} is too old: install ${wanted} or newer.`,
  }
}

function lookAtDataFolder({ dataDir }: Patient): Finding {
  const mode = modeOf(dataDir)
  if (mode === null) return { ok: true, text: `${dataDir} does not exist yet; the first start makes it.` }
  if ((mode & 0o077) !== 0)
    return { ok: false, text: `${dataDir} is open to other users. Run: chmod 700 ${dataDir}` }
  const holder = lockHolder(dataDir)
  return { ok: true, text: `${dataDir}${holder === null ? '' : `, in use by process ${holder}`}` }
}

function lookAtKeys({ dataDir }: Patient): Finding {
  const loose = ['master.key', 'node.token']
    .map((name) => path.join(dataDir, name))
    .filter((file) => ((modeOf(file) ?? 0) & 0o077) !== 0)
  if (loose.length > 0)
    return { ok: false, text: `Others can read ${loose.join(' and ')}. Run: chmod 600 ${loose.join(' ')}` }
  return { ok: true, text: 'readable by their owner alone' }
}

function lookAtDisk({ dataDir }: Patient): Finding {
  const { bavail, bsize } = statfsSync(modeOf(dataDir) === null ? '.' : dataDir)
  const free = Math.floor((bavail * bsize) / 1024 ** 2)
  if (free < freeMegabytesMin)
    return { ok: false, text: `only ${free} MB left; keep at least ${freeMegabytesMin} MB free.` }
  return { ok: true, text: `${free} MB free` }
}

async function lookAtDatabase({ env, dataDir }: Patient): Promise<Finding> {
  const options = { databaseUrl: env.DATABASE_URL, dataDir }
  try {
    const location = locateDatabase(options)
    if (location.kind === 'sqlite' && modeOf(location.file) === null) {
      return { ok: true, text: `${location.file} does not exist yet; the first start makes it.` }
    }
    const { listPendingMigrations } = await import('@/lib/persistence/list-pending-migrations.ts')
    const pending = await withDatabaseErrors(options, () => listPendingMigrations(options))
    if (pending.length === 0) return { ok: true, text: `${location.kind}, up to date` }
    return { ok: false, text: `${location.kind}, lacks ${pending.join(', ')}. Run: switchyard migrate` }
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) }
  }
}

/** While an installation runs on the data folder, taken ports are as they should be. */
async function lookAtPorts({ env, dataDir }: Patient): Promise<Finding> {
  const gatewayPorts = [
    env.SWITCHYARD_GATEWAY_INTERNET_PORT,
    env.SWITCHYARD_GATEWAY_VPC_PORT,
    env.SWITCHYARD_GATEWAY_INTERNET_TLS_PORT,
    env.SWITCHYARD_GATEWAY_VPC_TLS_PORT,
  ]
  const wanted = [
    { port: env.PORT, host: env.SWITCHYARD_CONSOLE_HOST },
    ...gatewayPorts.map((port) => ({ port, host: env.SWITCHYARD_GATEWAY_BIND })),
  ]
  const states = await Promise.all(
    wanted.map(async ({ port, host }) => ({ port, isFree: (await tryToListen(port, host)) === null })),
  )
  const text = states
    .map(
      ({ port, isFree }) =>
        `${port} ${isFree ? 'free' : `taken by ${findPortOwner(port) ?? 'another program'}`}`,
    )
    .join(', ')
  return { ok: lockHolder(dataDir) !== null || states.every(({ isFree }) => isFree), text }
}

function lookAtNodes({ env, dataDir }: Patient): Finding {
  const wanted = env.SWITCHYARD_GATEWAY_NODES
  const processors = availableParallelism()
  const tooMany = wanted > processors ? ', more than can run at once' : ''
  const configured = `${wanted} on ${processors} ${processors === 1 ? 'processor' : 'processors'}${tooMany}`
  const holder = lockHolder(dataDir)
  const running = holder === null ? null : countNodes(holder)
  if (running === null) return { ok: true, text: configured }
  return { ok: running >= wanted, text: `${configured}, ${running} running` }
}

async function lookAtConsole({ env, dataDir }: Patient): Promise<Finding> {
  if (lockHolder(dataDir) === null) return { ok: true, text: 'not running' }
  const url = consoleUrlOf(env)
  if (await isHealthy(url)) return { ok: true, text: `${url} is ready, its database and a gateway node too` }
  return { ok: false, text: `${url}/api/health does not answer 200; see what the running program prints.` }
}

async function lookAtClock({ env, dataDir }: Patient): Promise<Finding> {
  const here = Date.now()
  if (new Date(here).getUTCFullYear() < 2025)
    return { ok: false, text: `${new Date(here).toISOString()} cannot be right.` }
  if (lockHolder(dataDir) === null) return { ok: true, text: new Date(here).toISOString() }
  const date = await fetch(new URL('/api/health', consoleUrlOf(env)), { signal: AbortSignal.timeout(5_000) })
    .then((response) => response.headers.get('date'))
    .catch(() => null)
  const skewSeconds = date === null ? 0 : Math.round((Date.parse(date) - here) / 1000)
  const ok = Math.abs(skewSeconds) <= clockSkewSecondsMax
  return {
    ok,
    text: ok
      ? new Date(here).toISOString()
      : `differs from the console's by ${skewSeconds} s. Synchronise it.`,
  }
}

function consoleUrlOf(env: Env): string {
  return env.SWITCHYARD_CONSOLE_URL ?? `http://127.0.0.1:${env.PORT}`
}

function modeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mode ?? null
}
