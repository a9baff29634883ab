import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { readMigrations } from './migration-files.ts'
import { applyWith, pendingMigrations } from './pending-migrations.ts'
import { createPostgresqlAdapter } from './postgresql-adapter.ts'
import { startSchemaEngine } from './schema-engine.ts'

/** Any fixed number: consoles that start together wait for each other on it. */
const lockId = 74_201_166

/** PostgreSQL runs each migration file as one transaction, so a killed one leaves nothing behind. */
export async function applyPostgresqlMigrations(url: string): Promise<string[]> {
  const migrations = await readMigrations('postgresql')
  const factory = createPostgresqlAdapter(url)
  const adapter = await factory.connect()
  const opened: SqlDriverAdapter[] = []
  const connection = await adapter.underlyingDriver().connect()
  try {
    await connection.query('SELECT pg_advisory_lock($1)', [lockId])
    const schema = new URL(url).searchParams.get('schema')
    if (schema !== null)
      await connection.query(`CREATE SCHEMA IF NOT EXISTS ${connection.escapeIdentifier(schema)}`)
    if ((await pendingMigrations(adapter, migrations)).length === 0) return []
    const engine = await startSchemaEngine(rememberingConnections(factory, opened))
    return await applyWith(engine, migrations)
  } finally {
    for (const one of opened) await one.dispose()
    // Ending the session frees the lock whatever happened.
    connection.release(true)
    await adapter.dispose()
  }
}

/** The engine leaves its connections open, and with them a lock of its own that the next migration waits for. */
function rememberingConnections(
  factory: SqlMigrationAwareDriverAdapterFactory,
  opened: SqlDriverAdapter[],
): SqlMigrationAwareDriverAdapterFactory {
  const { provider, adapterName } = factory
  const remember = async (connecting: Promise<SqlDriverAdapter>) => {
    const adapter = await connecting
    opened.push(adapter)
    return adapter
  }
  return {
    provider,
    adapterName,
    connect: () => remember(factory.connect()),
    connectToShadowDb: () => remember(factory.connectToShadowDb()),
  }
}
