import { type DatabaseOptions, locateDatabase } from './database-location.ts'

/** Node's, PostgreSQL's and Prisma's codes for "not there", "not yet" and "not you". */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'its host name does not resolve',
  EAI_AGAIN: 'its host name does not resolve',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'its host cannot be reached',
  ECONNRESET: 'the connection was cut',
  '28P01': 'the password was refused',
  '28000': 'the user was refused',
  '3D000': 'the database does not exist',
  '57P03': 'it is still starting',
  DatabaseNotReachable: 'the connection was refused',
  DatabaseDoesNotExist: 'the database does not exist',
  DatabaseAccessDenied: 'the user may not use it',
  AuthenticationFailed: 'the password was refused',
  ConnectionClosed: 'the connection was cut',
  SocketTimeout: 'it did not answer in time',
  P1000: 'the password was refused',
  P1001: 'the connection was refused',
  P1002: 'it did not answer in time',
  P1003: 'the database does not exist',
}

/** One line on why the database cannot be used, without the password; null when the error is about something else. */
export function describeUnreachable(error: unknown, options: DatabaseOptions): string | null {
  const location = locateDatabase(options)
  const reason = findReason(error, 0)
  if (location.kind === 'sqlite') {
    if (reason === null && !/SQLITE_CANTOPEN|unable to open/i.test(codeOf(error) ?? '')) return null
    return `The database file ${location.file} cannot be opened. Check that the folder is writable and the disk not full.`
  }
  if (reason === null) return null
  const { hostname, port, pathname } = new URL(location.url)
  return `PostgreSQL at ${hostname}:${port || '5432'}${pathname} cannot be used: ${reason}. Check DATABASE_URL.`
}

function findReason(error: unknown, depth: number): string | null {
  if (typeof error !== 'object' || error === null || depth > 5) return null
  const named = reasons[codeOf(error) ?? '']
  if (named !== undefined) return named
  for (const inner of innerErrors(error)) {
    const found = findReason(inner, depth + 1)
    if (found !== null) return found
  }
  return null
}

function innerErrors(error: object): unknown[] {
  const several = error instanceof AggregateError ? error.errors : []
  return ['cause' in error ? error.cause : undefined, ...several]
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  for (const key of ['code', 'kind', 'originalCode']) {
    const value = (error as Record<string, unknown>)[key]
    if (typeof value === 'string' && (key !== 'code' || value !== 'GenericFailure')) return value
  }
  return null
}
