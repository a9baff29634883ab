import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { StepFailure } from '../prepare/run-step.mjs'

const user = 'switchyard'

/** The folder of initdb and postgres, or null where PostgreSQL is not installed. */
export function findPostgresPrograms() {
  const versions = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap((base) =>
    listNames(base)
      .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((name) => path.join(base, name, 'bin')),
  )
  const places = [...versions, ...(process.env.PATH ?? '').split(path.delimiter)]
  return (
    places.find((place) => ['initdb', 'postgres'].every((name) => existsSync(path.join(place, name)))) ?? null
  )
}

/** A throw-away server in a temporary folder, on a free port of 127.0.0.1, that trusts whoever reaches it.
 * @param {string} programs */
export async function startPostgresCluster(programs) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'switchyard-postgres-'))
  // PostgreSQL refuses to run as root.
  const identity = process.getuid?.() === 0 ? unprivilegedUser() : {}
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid)
  const data = path.join(folder, 'data')
  const run = { ...identity, cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } }
  try {
    execFileSync(
      path.join(programs, 'initdb'),
      [
        '--pgdata',
        data,
        '--username',
        user,
        '--auth',
        'trust',
        '--encoding',
        'UTF8',
        '--no-locale',
        '--no-sync',
      ],
      { ...run, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const port = await findFreePort()
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']
    const server = spawn(
      path.join(programs, 'postgres'),
      [
        '-D',
        data,
        '-p',
        String(port),
        '-k',
        folder,
        '-h',
        '127.0.0.1',
        ...settings.flatMap((entry) => ['-c', entry]),
      ],
      { ...run, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const killNow = () => server.kill('SIGQUIT')
    process.once('exit', killNow)
    await untilReady(server)
    return {
      url: `postgres://${user}@127.0.0.1:${port}/postgres`,
      async stop() {
        const gone = new Promise((resolve) => server.once('exit', resolve))
        // Fast shutdown: open sessions are rolled back and closed.
        if (server.exitCode === null && server.kill('SIGINT')) await gone
        process.off('exit', killNow)
        rmSync(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** @param {import('node:child_process').ChildProcess} server */
function untilReady(server) {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stderr?.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-10_000)
      if (said.includes('database system is ready to accept connections')) resolve(undefined)
    })
    server.once('error', reject)
    server.once('exit', (code) => reject(new StepFailure(`postgres ended with ${code}:\n${said}`)))
  })
}

function unprivilegedUser() {
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8' })),
      )
      return { uid, gid }
    } catch {}
  }
  throw new StepFailure(
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody" to run it as.',
  )
}

/** @returns {Promise<number>} */
function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })
}

/** @param {string} folder */
function listNames(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
