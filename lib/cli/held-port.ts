import type { ChildProcess } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import net from 'node:net'
import { getSystemErrorName } from 'node:util'
import type { ListenerMessage } from '@/lib/platform/process-messages.ts'
import { CliError } from './cli-error.ts'
import { explainPort, type WantedPort } from './require-free-ports.ts'

/**
 * A port that outlives the processes behind it: bound here, listened on by whoever it is passed to. While none of
 * them lives, the kernel keeps callers waiting. Why this needs a function that node does not document:
 * docs/decisions/2026-11-21-the-supervisor-holds-the-ports.md.
 */
export interface HeldPort {
  readonly port: number
  /** Hands the process a copy of the socket as its door of this name. */
  pass(child: ChildProcess, door: string): void
  /** Closes this side's copy. The port is free once the processes have closed theirs. */
  release(): void
}

/** node's own TCP handle, as far as it is needed here. */
interface TcpHandle {
  getsockname(address: { port?: number }): number
  close(): void
}

type CreateServerHandle = (
  address: string,
  port: number,
  family: 4 | 6,
  fileDescriptor: -1,
  flags: 0,
) => TcpHandle | number

/** Throws a `CliError` that says why the port cannot be had. */
export async function holdPort(wanted: WantedPort): Promise<HeldPort> {
  const { address, family } = await lookup(wanted.host).catch(() => {
    throw new CliError(explainPort('EADDRNOTAVAIL', wanted))
  })
  const handle = createServerHandle()(address, wanted.port, family === 6 ? 6 : 4, -1, 0)
  if (typeof handle === 'number') throw new CliError(explainPort(getSystemErrorName(handle), wanted))
  const bound: { port?: number } = {}
  // A port that is taken is only noticed here, or by a listening socket on another port than the one asked for.
  const failure = handle.getsockname(bound)
  if (failure !== 0) {
    handle.close()
    throw new CliError(explainPort(getSystemErrorName(failure), wanted))
  }
  return new BoundPort(bound.port ?? wanted.port, handle)
}

class BoundPort implements HeldPort {
  readonly port: number
  readonly #handle: TcpHandle
  /** Copies on their way. A handle that is closed before it was sent would be sent closed. */
  #underWay = 0
  #isReleased = false

  constructor(port: number, handle: TcpHandle) {
    this.port = port
    this.#handle = handle
  }

  pass(child: ChildProcess, door: string): void {
    if (this.#isReleased) return
    this.#underWay += 1
    let isDone = false
    const done = () => {
      if (isDone) return
      isDone = true
      child.off('exit', done)
      this.#underWay -= 1
      if (this.#isReleased && this.#underWay === 0) this.#handle.close()
    }
    // A process that dies before its turn never takes the message.
    child.once('exit', done)
    const message: ListenerMessage = { type: 'listener', door }
    child.send(message, this.#handle as unknown as net.Server, done)
  }

  release(): void {
    if (this.#isReleased) return
    this.#isReleased = true
    if (this.#underWay === 0) this.#handle.close()
  }
}

function createServerHandle(): CreateServerHandle {
  const { _createServerHandle: create } = net as { _createServerHandle?: CreateServerHandle }
  if (create === undefined)
    throw new CliError(`Node ${process.versions.node} cannot share ports. Use Node 20 to 24.`)
  return create
}
