import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the database is. SQLite by default, PostgreSQL when the address says so. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly url: string; readonly file: string }
  | { readonly kind: 'postgresql'; readonly url: string }

export interface DatabaseOptions {
  /** Undefined: SQLite in the data folder. */
  readonly databaseUrl?: string | undefined
  readonly dataDir: string
}

export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError'
}

export function locateDatabase({ databaseUrl, dataDir }: DatabaseOptions): DatabaseLocation {
  if (databaseUrl === undefined) return sqliteFile(path.resolve(dataDir, 'switchyard.db'))
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return { kind: 'postgresql', url: databaseUrl }
  if (databaseUrl.startsWith('file:')) {
    const file = databaseUrl.replace(/^file:(\/\/(?=\/))?/, '')
    if (path.isAbsolute(file)) return sqliteFile(decodeURIComponent(file))
  }
  throw new DatabaseUrlError('DATABASE_URL must be postgres://… or file:/absolute/path.db.')
}

/** The address is always absolute: another working folder must never mean another database. */
function sqliteFile(file: string): DatabaseLocation {
  return { kind: 'sqlite', file, url: `file:${pathToFileURL(file).pathname}` }
}
