import net from 'node:net'
import { CliError } from './cli-error.ts'
import { findPortOwner } from './port-owner.ts'

export interface WantedPort {
  readonly port: number
  readonly host: string
  /** The variable that moves it elsewhere; null: it is given from somewhere else, and tried again. */
  readonly variable: string | null
}

/** Asks before anything starts, because a half-started installation explains itself badly. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const twice = wanted.find(({ port }, place) => wanted.findIndex((other) => other.port === port) !== place)
  if (twice)
    throw new CliError(
      `Port ${twice.port} is asked for twice: give ${twice.variable ?? 'one of the two'} another one.`,
    )
  for (const { port, host, variable } of wanted) {
    const code = await tryToListen(port, host)
    if (code !== null) throw new CliError(explainPort(code, { port, host, variable }))
  }
}

/** Why a port cannot be had, and what to do. */
export function explainPort(code: string, { port, host, variable }: WantedPort): string {
  const move = variable === null ? 'give the gateway another port' : `set ${variable} to another port`
  switch (code) {
    case 'EADDRINUSE': {
      const owner = findPortOwner(port)
      return `Port ${port} is taken${owner === null ? '' : ` by ${owner}`}. Stop that program, or ${move}.`
    }
    case 'EACCES':
      return `Port ${port} needs more rights than this user has. ${capitalised(move)} above 1023.`
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${host} to listen on${variable === null ? '' : ` for ${variable}`}.`
    default:
      return `Port ${port} on ${host} cannot be listened on (${code}). ${capitalised(move)}.`
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function tryToListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)))
  })
}
