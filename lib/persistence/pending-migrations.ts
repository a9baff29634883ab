import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { noFilter } from './migration-files.ts'

export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

const ledger = '_prisma_migrations'

/** Names of migrations that the database lacks. Asking the ledger by hand spares the usual start the engine's load. */
export async function pendingMigrations(
  adapter: SqlQueryable,
  migrations: MigrationList,
): Promise<readonly string[]> {
  const done = new Set(await appliedMigrations(adapter))
  const known = migrations.migrationDirectories.map(({ path }) => path)
  const foreign = [...done].filter((name) => !known.includes(name)).sort()
  if (foreign.length > 0) {
    throw new MigrationError(
      `The database was made by a newer Switchyard (migration ${foreign.at(-1)}). Upgrade this program or restore an older backup.`,
    )
  }
  return known.filter((name) => !done.has(name))
}

async function appliedMigrations(adapter: SqlQueryable): Promise<string[]> {
  const exists =
    adapter.provider === 'sqlite'
      ? `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '${ledger}'`
      : `SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '${ledger}'`
  if ((await query(adapter, exists)).length === 0) return []
  const rows = await query(adapter, `SELECT migration_name FROM "${ledger}" WHERE finished_at IS NOT NULL`)
  return rows.map(([name]) => String(name))
}

async function query(adapter: SqlQueryable, sql: string): Promise<unknown[][]> {
  return (await adapter.queryRaw({ sql, args: [], argTypes: [] })).rows
}

export async function applyWith(engine: SchemaEngine, migrations: MigrationList): Promise<string[]> {
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrations,
      filters: noFilter,
    })
    return appliedMigrationNames
  } catch (error) {
    throw new MigrationError(
      `A migration failed: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    )
  } finally {
    engine.free()
  }
}
