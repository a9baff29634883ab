import { applyPostgresqlMigrations } from './apply-postgresql-migrations.ts'
import { applySqliteMigrations } from './apply-sqlite-migrations.ts'
import { locateDatabase } from './database-location.ts'

/**
 * Brings the database up to date, or makes it. Nothing happens when it already is. Killed at any moment, it
 * leaves the database as it was or wholly migrated. Throws `MigrationError` with a sentence for the operator.
 */
export async function migrateDatabase(
  databaseUrl: string | undefined,
  dataDir: string,
): Promise<{ applied: string[] }> {
  const location = locateDatabase({ databaseUrl, dataDir })
  const applied =
    location.kind === 'sqlite'
      ? await applySqliteMigrations(location.file)
      : await applyPostgresqlMigrations(location.url)
  return { applied }
}
