import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMigration } from './create-migration.ts'
import { closeDatabase, openDatabase } from './database.ts'
import { migrateDatabase } from './migrate.ts'
import { migrationsFolder } from './migration-files.ts'
import { findPackageRoot } from './package-root.ts'
import { withSqliteFile } from './sqlite-file.ts'
import { describeOnBothDatabases } from './testing/test-database.ts'
import { describeUnreachable } from './unreachable.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'switchyard-migrate-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

describeOnBothDatabases('Migrating', (open) => {
  test('does nothing to a database that is up to date', async () => {
    const { databaseUrl, dataDir: folder } = await open()
    expect(await migrateDatabase(databaseUrl, folder)).toEqual({ applied: [] })
  })
  test('refuses a database that a newer program made', async () => {
    const { database, databaseUrl, dataDir: folder } = await open()
    await database.$executeRawUnsafe(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', CURRENT_TIMESTAMP)`,
    )
    await expect(migrateDatabase(databaseUrl, folder)).rejects.toThrow(
      'newer Switchyard (migration 29990101000000_later)',
    )
  })
})

const postgres = process.env['TEST_POSTGRES_URL']

test.skipIf(!postgres)(
  'consoles that start together on PostgreSQL migrate once (needs TEST_POSTGRES_URL)',
  async () => {
    const url = new URL(postgres ?? '')
    const schema = `test_together_${process.pid}`
    url.searchParams.set('schema', schema)
    const results = await Promise.all([1, 2, 3].map(() => migrateDatabase(url.toString(), dataDir)))
    expect(results.filter(({ applied }) => applied.length > 0)).toHaveLength(1)
    const database = await openDatabase({ databaseUrl: url.toString(), dataDir })
    await database.$executeRawUnsafe(`DROP SCHEMA "${schema}" CASCADE`)
    await closeDatabase(database)
  },
)

test('a new SQLite database is for its owner alone and leaves no other files', async () => {
  await migrateDatabase(undefined, dataDir)
  expect(await readdir(dataDir)).toEqual(['switchyard.db'])
  expect((await stat(path.join(dataDir, 'switchyard.db'))).mode & 0o777).toBe(0o600)
})

test('what an interrupted migration left is thrown away', async () => {
  await withSqliteFile(path.join(dataDir, 'switchyard.db.migrating'), (adapter) =>
    adapter.executeScript('CREATE TABLE "User" (id TEXT)'),
  )
  const { applied } = await migrateDatabase(undefined, dataDir)
  expect(applied.length).toBeGreaterThan(0)
  expect(await readdir(dataDir)).toEqual(['switchyard.db'])
})

test('the schema has a migration for all of it, for both databases', async () => {
  expect(await createMigration('none', new Date())).toBeNull()
  const migrated = path.join(findPackageRoot(), 'prisma', 'migrations', 'schema.prisma')
  expect(readFileSync(migrated, 'utf8').length).toBeGreaterThan(0)
  expect(await readdir(migrationsFolder('sqlite'))).toEqual(await readdir(migrationsFolder('postgresql')))
})

test('an unreachable PostgreSQL is named without its password', async () => {
  const options = { databaseUrl: 'postgres://ada:hunter2@127.0.0.1:1/yard', dataDir }
  const error = await migrateDatabase(options.databaseUrl, dataDir).catch((caught: unknown) => caught)
  const sentence = describeUnreachable(error, options)
  expect(sentence).toBe(
    'PostgreSQL at 127.0.0.1:1/yard cannot be used: the connection was refused. Check DATABASE_URL.',
  )
  expect(describeUnreachable(new Error('something else'), options)).toBeNull()
})

test.skipIf(!postgres)(
  'a PostgreSQL database that does not exist is named (needs TEST_POSTGRES_URL)',
  async () => {
    const url = new URL(postgres ?? '')
    url.pathname = '/no_such_database'
    const options = { databaseUrl: url.toString(), dataDir }
    const error = await migrateDatabase(options.databaseUrl, dataDir).catch((caught: unknown) => caught)
    expect(describeUnreachable(error, options)).toMatch(
      /no_such_database cannot be used: the database does not exist/,
    )
  },
)
