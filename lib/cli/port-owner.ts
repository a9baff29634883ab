import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Who listens on a TCP port, as `node (process 123)`; null where the system does not tell. */
export function findPortOwner(port: number): string | null {
  return process.platform === 'linux' ? fromProc(port) : fromLsof(port)
}

function fromProc(port: number): string | null {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((table) => listeningInodes(table, port))
      .map((inode) => `socket:[${inode}]`),
  )
  if (sockets.size === 0) return null
  for (const pid of readNames('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of readNames(`/proc/${pid}/fd`)) {
      if (sockets.has(readLink(`/proc/${pid}/fd/${descriptor}`)))
        return `${commandName(pid)} (process ${pid})`
    }
  }
  return null
}

/** Columns of proc_net_tcp(5): local address in hexadecimal, state 0A for listening, inode in the tenth. */
function listeningInodes(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readText(table)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(wanted) && columns[3] === '0A')
    .map((columns) => columns[9] ?? '')
}

function fromLsof(port: number): string | null {
  try {
    const output = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
      encoding: 'utf8',
      timeout: 3000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const pid = /^p(\d+)/m.exec(output)?.[1]
    const name = /^c(.+)/m.exec(output)?.[1]
    return pid === undefined ? null : `${name ?? 'a program'} (process ${pid})`
  } catch {
    return null
  }
}

function commandName(pid: string): string {
  return readText(`/proc/${pid}/comm`).trim() || 'a program'
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function readLink(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}
