import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

/** `proxy` runs alone on the first core; everything else shares the others. */
export type Place = 'proxy' | 'rest'

const children = new Set<ChildProcess>()

export interface ChildOptions {
  readonly place: Place
  readonly env?: Record<string, string>
  /** Open an IPC channel and resolve when the child says `{ type: 'ready' }`. */
  readonly ipc?: boolean
}

/** Starts a child that cannot outlive this process, on its core where the system can pin. */
export function startChild(command: readonly string[], options: ChildOptions): ChildProcess {
  const line = [...dieWithParent(), ...pinTo(options.place), ...command]
  const [file = '', ...rest] = line
  const child = spawn(file, rest, {
    stdio: options.ipc ? ['ignore', 'ignore', 'pipe', 'ipc'] : ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...options.env },
  })
  children.add(child)
  let stderr = ''
  child.stderr?.on('data', (text) => {
    stderr = (stderr + text).slice(-4000)
  })
  child.once('exit', (code, signal) => {
    if (!children.delete(child)) return
    console.error(`${command.join(' ')} ended with ${signal ?? code}.\n${stderr}`)
    process.exit(1)
  })
  child.once('error', (error) => {
    console.error(`${file} did not start: ${error.message}`)
    process.exit(1)
  })
  return child
}

/** Resolves when it has ended. */
export async function stopChild(child: ChildProcess): Promise<void> {
  children.delete(child)
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

export function killChildren(): void {
  for (const child of children) {
    children.delete(child)
    child.kill('SIGKILL')
  }
}

/** Resolves with the child's first message; a child that dies ends the run. */
export function readyMessage(child: ChildProcess): Promise<{ port: number }> {
  return new Promise((resolve) => child.once('message', (message) => resolve(message as { port: number })))
}

export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The process did not start.')
  return child.pid
}

export async function waitForPort(port: number, waitMs = 15_000): Promise<void> {
  const deadline = Date.now() + waitMs
  while (!(await isOpen(port))) {
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port} after ${waitMs} ms.`)
    await pause(30)
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

export function findProgram(name: string): string | null {
  const places = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`
  const found = spawnSync('which', [name], { encoding: 'utf8', env: { ...process.env, PATH: places } })
  return found.status === 0 ? found.stdout.trim() : null
}

const taskset = findProgram('taskset')
const setpriv = findProgram('setpriv')
const cores = availableParallelism()

export function pinning(): string {
  if (taskset === null) return 'none: taskset is not installed'
  if (cores < 2) return 'none: one core'
  return `proxy on core 0, upstream and load on ${restCores()}`
}

/** Moves this process, its threads included, to where load belongs. */
export function pinSelf(): void {
  if (taskset === null || cores < 2) return
  execFileSync(taskset, ['-a', '-c', '-p', restCores(), String(process.pid)], { stdio: 'ignore' })
}

function pinTo(place: Place): string[] {
  if (taskset === null || cores < 2) return []
  return [taskset, '-c', place === 'proxy' ? '0' : restCores()]
}

function restCores(): string {
  return cores === 2 ? '1' : `1-${cores - 1}`
}

function dieWithParent(): string[] {
  return setpriv === null ? [] : [setpriv, '--pdeathsig', 'KILL', '--']
}
