import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readMigrations } from './migration-files.ts'
import { applyWith, MigrationError, pendingMigrations } from './pending-migrations.ts'
import { startSchemaEngine } from './schema-engine.ts'
import {
  foldSqliteFile,
  removeSqliteFile,
  replaceFile,
  sqliteFactory,
  withSqliteFile,
} from './sqlite-file.ts'

/** SQLite cannot change foreign keys within a transaction, so a copy is migrated and then takes the file's place. */
export async function applySqliteMigrations(file: string): Promise<string[]> {
  const migrations = await readMigrations('sqlite')
  const exists = existsSync(file)
  if (exists) {
    const pending = await withSqliteFile(file, (adapter) => pendingMigrations(adapter, migrations))
    if (pending.length === 0) return []
    if (!(await foldSqliteFile(file))) {
      throw new MigrationError(`Another process has ${file} open. Stop it, then start again.`)
    }
  }
  const copy = `${file}.migrating`
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await removeSqliteFile(copy)
  await (exists ? copyFile(file, copy) : writeFile(copy, '', { mode: 0o600 }))
  await chmod(copy, 0o600)
  const applied = await applyWith(await startSchemaEngine(sqliteFactory(copy)), migrations)
  await foldSqliteFile(copy)
  await replaceFile(copy, file)
  return applied
}
