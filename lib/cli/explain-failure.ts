import { EnvError } from '@/lib/platform/env.ts'
import { CliError } from './cli-error.ts'

const configurationErrors = new Set(['DatabaseUrlError', 'MigrationError', 'BackupError', 'MasterKeyError'])

/** Turns whatever was thrown into one line for the terminal and an exit code; null: a bug, whose stack is wanted. */
export function explainFailure(error: unknown): { line: string; exitCode: number } | null {
  if (error instanceof CliError) return { line: error.message, exitCode: error.exitCode }
  if (error instanceof EnvError) return { line: error.message, exitCode: 2 }
  for (const cause of causes(error)) {
    if (configurationErrors.has(cause.name)) return { line: cause.message, exitCode: 2 }
    const line = explainCode(cause)
    if (line !== null) return { line, exitCode: 1 }
  }
  return null
}

function* causes(error: unknown): Generator<Error & Record<string, unknown>> {
  let current = error
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    yield current as Error & Record<string, unknown>
    if (current instanceof AggregateError) current = current.errors[0]
    else current = current.cause
  }
}

function explainCode(error: Error & Record<string, unknown>): string | null {
  const place = typeof error['path'] === 'string' ? error['path'] : 'the disk'
  switch (error['code']) {
    case 'ENOSPC':
      return `No space is left for ${place}. Free some and start again.`
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return `${place} is not writable by this user. Change its owner, or set SWITCHYARD_DATA_DIR to another folder.`
    default:
      return explainDatabase(error)
  }
}

/** Driver errors come with a `kind` of their own or with the server's code; none of them repeats the password. */
function explainDatabase(error: Error & Record<string, unknown>): string | null {
  const where =
    typeof error['host'] === 'string' ? `${error['host']}:${error['port'] ?? 5432}` : 'DATABASE_URL'
  const kind = typeof error['kind'] === 'string' ? error['kind'] : error['code']
  switch (kind) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'DatabaseNotReachable':
      return `The database at ${addressOf(error) ?? where} cannot be reached: ${reasons[String(error['code'])] ?? 'no answer'}. Start it, or correct DATABASE_URL.`
    case '28P01':
    case '28000':
    case 'AuthenticationFailed':
      return 'The database refused the user or password in DATABASE_URL.'
    case '3D000':
    case 'DatabaseDoesNotExist':
      return 'The database named in DATABASE_URL does not exist. Create it, or correct DATABASE_URL.'
    default:
      return null
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed',
  ENOTFOUND: 'unknown host',
  EAI_AGAIN: 'unknown host',
  ETIMEDOUT: 'timed out',
  EHOSTUNREACH: 'no route to the host',
}

function addressOf(error: Record<string, unknown>): string | null {
  const host = error['hostname'] ?? error['address']
  if (typeof host !== 'string') return null
  return error['port'] === undefined ? host : `${host}:${error['port']}`
}
