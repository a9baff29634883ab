import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { SqliteAdapter } from './sqlite-adapter.ts'

export function sqliteFactory(file: string): SqliteAdapter {
  return new SqliteAdapter({ url: `file:${pathToFileURL(file).pathname}` })
}

/** Runs with one connection to the file, which must exist or is made. */
export async function withSqliteFile<T>(
  file: string,
  run: (adapter: SqlDriverAdapter) => Promise<T>,
): Promise<T> {
  const adapter = await sqliteFactory(file).connect()
  try {
    return await run(adapter)
  } finally {
    await adapter.dispose()
  }
}

/**
 * Leaves everything in the one file and nothing in its log. False when another process has the database open:
 * SQLite changes the journal mode only for the sole connection.
 */
export async function foldSqliteFile(file: string): Promise<boolean> {
  return withSqliteFile(file, async (adapter) => {
    try {
      const { rows } = await adapter.queryRaw({ sql: 'PRAGMA journal_mode = DELETE', args: [], argTypes: [] })
      return rows[0]?.[0] === 'delete'
    } catch (error) {
      if (isBusy(error)) return false
      throw error
    }
  })
}

function isBusy(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'SocketTimeout'
}

/** Puts a finished file in the place of another in one step, and makes both the bytes and the name durable. */
export async function replaceFile(finished: string, target: string): Promise<void> {
  await syncPath(finished)
  await rename(finished, target)
  await syncPath(path.dirname(target))
}

async function syncPath(target: string): Promise<void> {
  const handle = await open(target, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A database file with its log and index files. */
export async function removeSqliteFile(file: string): Promise<void> {
  await Promise.all(['', '-wal', '-shm', '-journal'].map((suffix) => rm(file + suffix, { force: true })))
}
