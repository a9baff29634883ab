import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'

export interface Installation {
  readonly consoleUrl: string
  readonly internetUrl: string
  readonly vpcUrl: string
  /** Of domains with a certificate. */
  readonly tlsPorts: { readonly internet: number; readonly vpc: number }
  /** First and last port of dedicated gateways. */
  readonly dedicatedPorts: readonly [number, number]
  /** Of the name server, while a gateway has authoritative DNS. */
  readonly dnsPort: number
  readonly dataDir: string
  /** The bootstrap token: the owner's rights over the whole installation. */
  readonly apiToken: string
  readonly admin: { readonly email: string; readonly password: string }
  /** What the program printed so far. */
  output(): string
  /** The one-time link of an installation without an owner. */
  setupUrl(): Promise<string>
  /** Process ids of the supervisor's programs, as they are now; `gateway` is the first of `gateways`, the shared one's. */
  pids(): Promise<ProcessIds>
  /** Runs another command of the program on this installation, such as `reload`. */
  command(...given: string[]): Promise<{ exitCode: number | null; output: string }>
  isHealthy(): Promise<boolean>
  /** Ends everything and starts it again, with the same ports and data. `SIGKILL`: nothing gets to say good-bye. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops everything and removes the data folder. */
  stop(): Promise<void>
}

export interface ProcessIds {
  readonly console: number
  readonly gateway: number
  readonly gateways: readonly number[]
  /** Of dedicated gateways, by the gateway's id; those that finish included. */
  readonly dedicated: ReadonlyMap<string, readonly number[]>
}

export interface InstallationOptions {
  /** False leaves the installation without an owner, as a first start does. Default true. */
  readonly owner?: boolean
  readonly env?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '..')
const program = join(root, 'dist/switchyard.mjs')
const startWithinMs = 90_000
const stopWithinMs = 20_000
const dedicatedPortCount = 40
const admin = { email: 'owner@example.com', password: 'correct horse battery' }
const apiToken = `sw_${'e2e'.padEnd(40, '0')}`

/** A complete installation from `dist/`, on free ports and with a data folder of its own. */
export async function startInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'))
  const ports = await choosePorts()
  const env = environmentOf(dataDir, ports, options)
  const isHealthy = () => answersOk(`http://127.0.0.1:${ports.console}/api/health`)
  let life = watch(launch(env), dataDir)
  const untilHealthy = async () => {
    try {
      await until('the installation is healthy', () => life.assertAlive() && isHealthy(), {
        withinMs: startWithinMs,
        everyMs: 100,
      })
    } catch (cause) {
      await life.stop()
      throw new Error(`The installation did not start:\n${life.output()}`, { cause })
    }
  }
  await untilHealthy()
  return {
    consoleUrl: `http://localhost:${ports.console}`,
    internetUrl: `http://localhost:${ports.internet}`,
    vpcUrl: `http://localhost:${ports.vpc}`,
    tlsPorts: { internet: ports.internetTls, vpc: ports.vpcTls },
    dedicatedPorts: ports.dedicated,
    dnsPort: ports.dns,
    dataDir,
    apiToken,
    admin,
    output: () => life.output(),
    setupUrl: () =>
      until('a setup link is printed', () => /https?:\/\/\S+\/setup\S*/.exec(life.output())?.[0]),
    pids: () => until('both programs run', () => childrenOf(life.pid)),
    command: (...given) => runProgram(given, env),
    isHealthy,
    restart: async (signal = 'SIGTERM') => {
      await life.end(signal)
      life = watch(launch(env), dataDir)
      await untilHealthy()
    },
    stop: () => life.stop(),
  }
}

function launch(env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [program, 'up'], {
    cwd: root,
    // A group of its own, so that nothing of it can survive the tests.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
}

type Ports = Awaited<ReturnType<typeof choosePorts>>

async function choosePorts() {
  const [console = 0, internet = 0, vpc = 0, internetTls = 0, vpcTls = 0, dns = 0] = await freePorts(6)
  return { console, internet, vpc, internetTls, vpcTls, dns, dedicated: await freeRange(dedicatedPortCount) }
}

function environmentOf(
  dataDir: string,
  ports: Ports,
  { owner = true, env }: InstallationOptions,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    SWITCHYARD_DATA_DIR: dataDir,
    PORT: String(ports.console),
    SWITCHYARD_PUBLIC_URL: `http://localhost:${ports.console}`,
    SWITCHYARD_GATEWAY_INTERNET_PORT: String(ports.internet),
    SWITCHYARD_GATEWAY_VPC_PORT: String(ports.vpc),
    SWITCHYARD_GATEWAY_INTERNET_TLS_PORT: String(ports.internetTls),
    SWITCHYARD_GATEWAY_VPC_TLS_PORT: String(ports.vpcTls),
    SWITCHYARD_DEDICATED_PORTS: ports.dedicated.join('-'),
    SWITCHYARD_DNS_PORT: String(ports.dns),
    SWITCHYARD_API_TOKEN: apiToken,
    ...(owner && { SWITCHYARD_ADMIN_EMAIL: admin.email, SWITCHYARD_ADMIN_PASSWORD: admin.password }),
    ...env,
  }
}

function watch(child: ChildProcess, dataDir: string) {
  let output = ''
  const collect = (text: Buffer) => {
    output += text
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // The whole group has ended already.
    }
  }
  process.once('exit', killGroup)
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (signal === 'SIGKILL') killGroup()
    else child.kill('SIGTERM')
    const timer = setTimeout(() => {
      console.warn(`The installation did not stop within ${stopWithinMs} ms and is killed.`)
      killGroup()
    }, stopWithinMs)
    await ended
    clearTimeout(timer)
    killGroup()
    process.off('exit', killGroup)
  }
  return {
    pid: child.pid ?? 0,
    end,
    output: () => output,
    assertAlive() {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`)
      return true
    },
    async stop() {
      await end('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function childrenOf(parent: number): ProcessIds | null {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  const children = lines.map((line) => line.trim().split(/\s+/)).filter(([, ppid]) => Number(ppid) === parent)
  const find = (word: RegExp) =>
    children.filter((words) => word.test(words.slice(2).join(' '))).map(([pid]) => Number(pid))
  const [console_] = find(/switchyard\.mjs console|next-server/)
  const gateways = find(/gateway-node\.mjs --gateway shared /)
  const [gateway] = gateways
  if (console_ === undefined || gateway === undefined) return null
  const dedicated = new Map<string, number[]>()
  for (const [pid, , ...words] of children) {
    const id = /gateway-node\.mjs --gateway (\S+)/.exec(words.join(' '))?.[1]
    if (id !== undefined && id !== 'shared') dedicated.set(id, [...(dedicated.get(id) ?? []), Number(pid)])
  }
  return { console: console_, gateway, gateways, dedicated }
}

/** The program with other arguments, to its end. */
export async function runProgram(
  given: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(process.execPath, [program, ...given], { cwd: root, env, stdio: 'pipe' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { exitCode, output }
}

async function answersOk(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
  await answer.arrayBuffer()
  return answer.status === 200
}

/** Ports that are free now; held open together, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(Array.from({ length: count }, () => probe(0)))
  const ports = probes.map(({ port }) => port)
  await Promise.all(probes.map(({ close }) => close()))
  return ports
}

/** Neighbouring ports that are free now, below those that the system gives out by itself. */
async function freeRange(count: number): Promise<readonly [number, number]> {
  for (;;) {
    const first = 10_000 + Math.floor(Math.random() * 20_000)
    const tried = Array.from({ length: count }, (_, place) => probe(first + place))
    const probes = await Promise.allSettled(tried)
    const open = probes.flatMap((tried) => (tried.status === 'fulfilled' ? [tried.value] : []))
    await Promise.all(open.map(({ close }) => close()))
    if (open.length === count) return [first, first + count - 1]
  }
}

function probe(wanted: number): Promise<{ port: number; close(): Promise<unknown> }> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : 0,
        close: () => new Promise((closed) => server.close(closed)),
      })
    })
  })
}
