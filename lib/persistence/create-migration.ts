import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { DatabaseKind } from './database.ts'
import { migrationsFolder, noFilter } from './migration-files.ts'
import { findPackageRoot } from './package-root.ts'
import { startSchemaEngine } from './schema-engine.ts'
import { SqliteAdapter } from './sqlite-adapter.ts'

/**
 * Writes the migration from the schema of the last one to the schema as it is now, for both databases, and needs
 * neither of them. Returns its name, or null when nothing changed.
 */
export async function createMigration(title: string, now: Date): Promise<string | null> {
  const prisma = path.join(findPackageRoot(), 'prisma')
  const migrated = path.join(prisma, 'migrations', 'schema.prisma')
  const current = await readFile(path.join(prisma, 'schema.prisma'), 'utf8')
  const previous = await readFile(migrated, 'utf8').catch(() => null)
  const name = `${now.toISOString().replace(/\D/g, '').slice(0, 14)}_${title.replace(/[^a-z0-9]+/gi, '_').toLowerCase()}`
  const scripts = {
    sqlite: await diff('sqlite', previous, current),
    postgresql: await diff('postgresql', previous, current),
  }
  if (scripts.sqlite === null && scripts.postgresql === null) return null
  for (const kind of ['sqlite', 'postgresql'] as const) {
    const folder = path.join(migrationsFolder(kind), name)
    await mkdir(folder, { recursive: true })
    await writeFile(path.join(folder, 'migration.sql'), scripts[kind] ?? '-- Nothing changes here.\n')
  }
  await writeFile(migrated, current)
  return name
}

async function diff(kind: DatabaseKind, previous: string | null, current: string): Promise<string | null> {
  const engine = await startSchemaEngine(unconnected(kind))
  try {
    const result = await engine.diff({
      from: previous === null ? { tag: 'empty' } : schemaTarget(kind, previous),
      to: schemaTarget(kind, current),
      script: true,
      exitCode: true,
      filters: noFilter,
    })
    if (result.exitCode !== 2 || result.stdout === null) return null
    return kind === 'sqlite' ? withQuotedJson(result.stdout) : withoutSchema(result.stdout)
  } finally {
    engine.free()
  }
}

/** The tables go wherever the connection's search path points, and making a schema takes a right that an operator may lack. */
function withoutSchema(script: string): string {
  return script.replace(/^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n\n/, '')
}

/** The engine writes the default of a JSON column for SQLite without quotes, which SQLite does not read. */
function withQuotedJson(script: string): string {
  return script.replace(
    / DEFAULT ([{[].*[}\]])(,?)$/gm,
    (_, json: string, comma: string) => ` DEFAULT '${json.replaceAll("'", "''")}'${comma}`,
  )
}

function schemaTarget(kind: DatabaseKind, schema: string) {
  const content = schema.replace('provider = "sqlite"', `provider = "${kind}"`)
  return { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] }
}

/** The engine reads no more than the dialect here, and PostgreSQL's answers to that are these. */
function unconnected(kind: DatabaseKind): SqlMigrationAwareDriverAdapterFactory {
  if (kind === 'sqlite') return new SqliteAdapter({ url: ':memory:' })
  const adapter: SqlDriverAdapter = {
    provider: 'postgres',
    adapterName: 'dialect-only',
    queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
    executeRaw: async () => 0,
    executeScript: async () => undefined,
    startTransaction: () => Promise.reject(new Error('Comparing schemas begins no transaction.')),
    dispose: async () => undefined,
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: false }),
  }
  const connect = async () => adapter
  return { provider: 'postgres', adapterName: 'dialect-only', connect, connectToShadowDb: connect }
}
