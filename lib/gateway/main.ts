import type { CounterChannel } from '@/lib/counters/channel-permit-source.ts'
import { GatewayNode, type GatewayNodeOptions } from '@/lib/gateway/gateway-node.ts'
import { tellLoad } from '@/lib/gateway/tell-load.ts'
import { asMessageFromSupervisor, type LeavingMessage } from '@/lib/platform/process-messages.ts'

const exitCodes = { stopped: 0, failed: 1, portTaken: 2 } as const

/** Runs a gateway node as this process: signals, readiness, exit codes. Resolves once the doors are open. */
export async function runGatewayNode(options: GatewayNodeOptions): Promise<void> {
  const { logger } = options
  const counterChannel = counterChannelOf(process)
  const node = new GatewayNode({ ...options, ...(counterChannel && { counterChannel }) })
  answerSupervisor(node, options)
  try {
    const ports = await node.start()
    logger.info({ ports, revision: node.revision, pid: process.pid }, 'gateway node is ready')
    process.send?.({ type: 'ready', ports, revision: node.revision })
    if (process.send !== undefined)
      tellLoad((message) => void process.send?.(message, undefined, undefined, () => {}))
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`)
    process.exit(isPortTaken(error) ? exitCodes.portTaken : exitCodes.failed)
  }
}

/** Where a supervisor may keep the rate counters; null without one. */
function counterChannelOf(process: NodeJS.Process): CounterChannel | null {
  if (process.send === undefined) return null
  return {
    // A channel that just closed takes no message; `disconnect` tells.
    send: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
  }
}

/** Every way to be told to leave, or to find that one must. */
function answerSupervisor(node: GatewayNode, { logger }: GatewayNodeOptions): void {
  let exitCode: number | null = null
  let isAsked = false
  const leave = (code: number, { withinMs, isRelieved }: { withinMs?: number; isRelieved: boolean }) => {
    const stopped = node.stop(withinMs, { isRelieved })
    if (exitCode !== null) return
    exitCode = code
    stopped.then(
      () => process.exit(code),
      (error: unknown) => {
        logger.fatal({ err: error }, 'the gateway node failed to stop in order')
        process.exit(exitCodes.failed)
      },
    )
  }
  const asked = () => {
    // Asked twice: whoever asks has waited long enough.
    if (isAsked) process.exit(exitCode ?? exitCodes.stopped)
    isAsked = true
    leave(exitCodes.stopped, { isRelieved: false })
  }
  const crash = (error: unknown) => {
    logger.fatal({ err: error }, 'unexpected error; the gateway node finishes its requests and exits')
    const leaving: LeavingMessage = { type: 'leaving' }
    if (exitCode === null) process.send?.(leaving, undefined, undefined, () => {})
    leave(exitCodes.failed, { isRelieved: true })
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  process.on('SIGTERM', asked)
  process.on('SIGINT', asked)
  process.on('message', (raw) => {
    const message = asMessageFromSupervisor(raw)
    if (message?.type === 'drain') leave(exitCodes.stopped, { withinMs: message.withinMs, isRelieved: true })
  })
  // A supervisor that is gone cannot stop this process any more, and its successor needs the ports.
  process.on('disconnect', () => leave(exitCodes.stopped, { isRelieved: true }))
}

function isPortTaken(error: unknown): error is Error & { port?: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function startFailure(error: unknown): string {
  if (isPortTaken(error)) {
    // A socket that was passed does not know its port's number any more.
    const port = error.port === undefined ? 'A port of the gateway' : `Port ${error.port}`
    return `${port} is taken by another program. Stop it, or give the gateway another port.`
  }
  return `The gateway node did not start: ${error instanceof Error ? error.message : String(error)}`
}
