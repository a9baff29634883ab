import { chmod, copyFile, rename, rm, stat } from 'node:fs/promises'
import { type DatabaseOptions, locateDatabase } from './database-location.ts'
import { foldSqliteFile, removeSqliteFile, replaceFile, withSqliteFile } from './sqlite-file.ts'

export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** Copies the SQLite database as it is at one moment, while the console runs. Throws `BackupError` with a sentence. */
export async function backUpDatabase(options: DatabaseOptions, target: string): Promise<void> {
  const file = requireSqlite(options, 'pg_dump')
  if (!(await exists(file))) throw new BackupError(`There is no database at ${file}.`)
  if (await exists(target)) throw new BackupError(`${target} exists already. Name a new file.`)
  const unfinished = `${target}.part`
  await rm(unfinished, { force: true })
  try {
    await withSqliteFile(file, (adapter) =>
      adapter.executeRaw({
        sql: `VACUUM INTO '${unfinished.replaceAll("'", "''")}'`,
        args: [],
        argTypes: [],
      }),
    )
    await chmod(unfinished, 0o600)
    await replaceFile(unfinished, target)
  } finally {
    await rm(unfinished, { force: true })
  }
}

/**
 * Puts a backup in the database's place; resolves with where the old one was moved to, or null if there was none.
 * Killed at any moment, it leaves a whole database or none under the old name. Throws `BackupError` with a sentence.
 */
export async function restoreDatabase(
  options: DatabaseOptions,
  source: string,
  now: Date,
): Promise<string | null> {
  const file = requireSqlite(options, 'pg_restore')
  if (!(await exists(source))) throw new BackupError(`There is no file ${source}.`)
  const copy = `${file}.restoring`
  await removeSqliteFile(copy)
  try {
    await copyFile(source, copy)
    await chmod(copy, 0o600)
    await requireWholeDatabase(copy, source)
    const kept = await setAside(file, now)
    await replaceFile(copy, file)
    return kept
  } finally {
    await removeSqliteFile(copy)
  }
}

async function setAside(file: string, now: Date): Promise<string | null> {
  if (!(await exists(file))) return null
  if (!(await foldSqliteFile(file))) {
    throw new BackupError('The database is in use. Stop Switchyard, then restore.')
  }
  const kept = `${file}.before-restore-${now.toISOString().replaceAll(/[:.]/g, '-')}`
  await rename(file, kept)
  return kept
}

async function requireWholeDatabase(copy: string, source: string): Promise<void> {
  try {
    await withSqliteFile(copy, async (adapter) => {
      const ask = async (sql: string) =>
        (await adapter.queryRaw({ sql, args: [], argTypes: [] })).rows[0]?.[0]
      if ((await ask('PRAGMA integrity_check')) !== 'ok') throw new BackupError(`${source} is damaged.`)
      if ((await ask(`SELECT count(*) FROM sqlite_master WHERE name = '_prisma_migrations'`)) !== 1) {
        throw new BackupError(`${source} is not a backup of Switchyard.`)
      }
    })
  } catch (cause) {
    if (cause instanceof BackupError) throw cause
    throw new BackupError(`${source} is not a backup of Switchyard.`, { cause })
  }
}

function requireSqlite(options: DatabaseOptions, instead: string): string {
  const location = locateDatabase(options)
  if (location.kind === 'sqlite') return location.file
  throw new BackupError(`The database is PostgreSQL: use ${instead}.`)
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
