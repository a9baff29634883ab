import { GatewayNode, type GatewayNodeOptions } from '@/lib/gateway/gateway-node.ts'

const exitCodes = { stopped: 0, failed: 1, portTaken: 2 } as const

/** Runs a gateway node as this process: signals, readiness, exit codes. Resolves once the doors are open. */
export async function runGatewayNode(options: GatewayNodeOptions): Promise<void> {
  const { logger } = options
  const node = new GatewayNode(options)
  let isExiting = false
  const exit = (code: number) => {
    // Asked twice: whoever asks has waited long enough.
    if (isExiting) process.exit(code)
    isExiting = true
    node.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        logger.fatal({ err: error }, 'the gateway node failed to stop in order')
        process.exit(exitCodes.failed)
      },
    )
  }
  const crash = (error: unknown) => {
    logger.fatal({ err: error }, 'unexpected error; the gateway node finishes its requests and exits')
    exit(exitCodes.failed)
  }
  process.on('uncaughtException', crash)
  process.on('unhandledRejection', crash)
  process.on('SIGTERM', () => exit(exitCodes.stopped))
  process.on('SIGINT', () => exit(exitCodes.stopped))
  // A supervisor that is gone cannot stop this process any more, and its successor needs the ports.
  process.on('disconnect', () => exit(exitCodes.stopped))

  try {
    const ports = await node.start()
    logger.info({ ports, revision: node.revision, pid: process.pid }, 'gateway node is ready')
    process.send?.({ type: 'ready', ports, revision: node.revision })
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`)
    process.exit(isPortTaken(error) ? exitCodes.portTaken : exitCodes.failed)
  }
}

function isPortTaken(error: unknown): error is Error & { port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

function startFailure(error: unknown): string {
  if (isPortTaken(error)) {
    return `Port ${error.port} is taken by another program. Stop it, or give the gateway another port.`
  }
  return `The gateway node did not start: ${error instanceof Error ? error.message : String(error)}`
}
