import type { RequestListener } from 'node:http'
import next from 'next'
import type { Env } from '@/lib/platform/env.ts'
import { receiveListeners } from '@/lib/platform/receive-listeners.ts'
import { CliError } from './cli-error.ts'
import { type ConsoleServer, type ConsoleServerOptions, createConsoleServer } from './console-server.ts'
import { parseTrustedProxies, setForwardedHeaders } from './forwarded-headers.ts'
import { programRoot } from './program.ts'
import { provideShutdownHooks, runShutdownHooks } from './shutdown-hooks.ts'

const answerMs = 5_000
const drainMs = 8_000
const exitAfterMs = 10_000

/** Set by the console's own start (`instrumentation.ts`), which lives in Next's bundle. */
const holder = globalThis as { __switchyardConsole?: { ready: Promise<{ setupUrl: string | null }> } }

/**
 * The console in this process: Next behind a server that tells it the truth about its clients. `ipc`: a supervisor
 * passes the listening socket.
 */
export async function runConsole(env: Env, { listeners }: { listeners: 'bind' | 'ipc' }): Promise<void> {
  const trusted = parseTrustedProxies(env.SWITCHYARD_TRUSTED_PROXIES)
  provideShutdownHooks()
  const { SWITCHYARD_CONSOLE_HOST: host, PORT: port } = env
  const app = next({ dev: false, dir: programRoot, hostname: host, port })
  await app.prepare()
  const handle = app.getRequestHandler()
  const listener: RequestListener = (request, response) => {
    setForwardedHeaders(request.headers, request.socket, trusted)
    handle(request, response).catch(() => response.destroy())
  }
  const at = listeners === 'ipc' ? await passedDoor() : { host, port }
  const running = await listen(at, listener)
  endOnSignal(running)
  const { setupUrl } = (await holder.__switchyardConsole?.ready) ?? { setupUrl: null }
  const url = env.SWITCHYARD_PUBLIC_URL ?? `http://localhost:${running.port}`
  if (process.send) process.send({ type: 'ready', url, port: running.port, setupUrl })
  else console.log(`Console on ${url}${setupUrl === null ? '' : `\nMake the first owner: ${setupUrl}`}`)
}

async function passedDoor(): Promise<object> {
  const door = (await receiveListeners(['console'], null).listeners).get('console')
  if (door === undefined) throw new CliError('The supervisor passed no port for the console.')
  return door
}

async function listen(at: ConsoleServerOptions['at'], handle: RequestListener): Promise<ConsoleServer> {
  try {
    return await createConsoleServer({ at, handle })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') {
      throw new CliError(
        'The port of the console is taken. Stop the program that uses it, or set PORT to another port.',
        { cause },
      )
    }
    throw cause
  }
}

function endOnSignal({ answered, close }: ConsoleServer): void {
  let isEnding = false
  const end = () => {
    if (isEnding) process.exit(0)
    isEnding = true
    setTimeout(() => process.exit(0), exitAfterMs).unref()
    const closed = close(drainMs)
    // Hooks close the database, so requests come first; they also end event streams, which would hold the server open.
    void answered(answerMs)
      .then(() => Promise.all([runShutdownHooks((error) => console.error(error)), closed]))
      .then(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // A supervisor that is gone cannot stop this process any more, and its successor needs the port.
  process.on('disconnect', end)
}
