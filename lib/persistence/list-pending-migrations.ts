import { type DatabaseOptions, locateDatabase } from './database-location.ts'
import { readMigrations } from './migration-files.ts'
import { pendingMigrations } from './pending-migrations.ts'
import { createPostgresqlAdapter } from './postgresql-adapter.ts'
import { withSqliteFile } from './sqlite-file.ts'

/** Names of migrations that an existing database lacks. Changes nothing. */
export async function listPendingMigrations(options: DatabaseOptions): Promise<readonly string[]> {
  const location = locateDatabase(options)
  const migrations = await readMigrations(location.kind)
  if (location.kind === 'sqlite') {
    return withSqliteFile(location.file, (adapter) => pendingMigrations(adapter, migrations))
  }
  const adapter = await createPostgresqlAdapter(location.url).connect()
  try {
    return await pendingMigrations(adapter, migrations)
  } finally {
    await adapter.dispose()
  }
}
