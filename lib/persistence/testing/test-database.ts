import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, test } from 'vitest'
import { closeDatabase, type Database, type DatabaseKind, openDatabase } from '@/lib/persistence/database.ts'
import { migrateDatabase } from '@/lib/persistence/migrate.ts'

export interface TestDatabase {
  readonly database: Database
  readonly kind: DatabaseKind
  readonly databaseUrl: string | undefined
  readonly dataDir: string
}

/** Opens a new, migrated, empty database. All of them are closed and removed after the suite. */
export type OpenTestDatabase = () => Promise<TestDatabase>

/** The same guarantees on SQLite, and on PostgreSQL where `TEST_POSTGRES_URL` names a server that may be written to. */
export function describeOnBothDatabases(name: string, suite: (open: OpenTestDatabase) => void): void {
  describe(`${name} (SQLite)`, () => suite(opener(async () => undefined)))
  // biome-ignore lint/style/noProcessEnv: the tests' own variable is no part of the program's environment.
  const serverUrl = process.env['TEST_POSTGRES_URL']
  if (serverUrl === undefined || serverUrl === '') {
    test.skip(`${name} (PostgreSQL): TEST_POSTGRES_URL is not set`, () => undefined)
    return
  }
  describe(`${name} (PostgreSQL)`, () => suite(opener(async () => freshSchema(serverUrl))))
}

/** A schema of its own costs a tenth of a database of its own. */
function freshSchema(serverUrl: string): string {
  const url = new URL(serverUrl)
  url.searchParams.set('schema', `test_${randomBytes(6).toString('hex')}`)
  return url.toString()
}

function opener(chooseUrl: () => Promise<string | undefined>): OpenTestDatabase {
  const removals: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const removal of removals.splice(0).reverse()) await removal()
  })
  return async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'switchyard-test-'))
    removals.push(() => rm(dataDir, { recursive: true, force: true }))
    const databaseUrl = await chooseUrl()
    await migrateDatabase(databaseUrl, dataDir)
    const database = await openDatabase({ databaseUrl, dataDir })
    removals.push(() => remove(database, databaseUrl))
    return { database, kind: databaseUrl === undefined ? 'sqlite' : 'postgresql', databaseUrl, dataDir }
  }
}

async function remove(database: Database, databaseUrl: string | undefined): Promise<void> {
  const schema = databaseUrl === undefined ? null : new URL(databaseUrl).searchParams.get('schema')
  if (schema !== null) await database.$executeRawUnsafe(`DROP SCHEMA "${schema}" CASCADE`)
  await closeDatabase(database)
}
