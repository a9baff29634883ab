import { parseArgs } from 'node:util'
import * as z from 'zod'
import { NameServer } from './name-server.ts'
import { takeZones } from './take-zones.ts'

const exitCodes = { stopped: 0, failed: 1, portTaken: 2 } as const

/**
 * The name server's own program: `node dist/name-server.mjs --port <port> --bind <address>`. Its supervisor tells it
 * the zones; it says `ready` once it listens.
 */
async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, bind: { type: 'string', default: '0.0.0.0' } },
  })
  const { bind } = values
  const port = z.coerce.number().int().min(1).max(65_535).parse(values.port)
  const server = new NameServer(bind)
  process.on('message', (raw) => {
    const failure = takeZones(raw, server)
    if (failure !== null) process.stderr.write(`${failure}\n`)
  })
  const leave = () => {
    server.close().then(
      () => process.exit(exitCodes.stopped),
      () => process.exit(exitCodes.failed),
    )
  }
  process.on('SIGTERM', leave)
  process.on('SIGINT', leave)
  process.on('disconnect', leave)
  try {
    await server.open({ bind, port })
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    process.stderr.write(
      isTaken
        ? `Port ${port} is taken by another program. Stop it, or set SWITCHYARD_DNS_PORT to another port.\n`
        : `The name server did not start: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exit(isTaken ? exitCodes.portTaken : exitCodes.failed)
  }
  process.send?.({ type: 'ready' })
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(exitCodes.failed)
})
