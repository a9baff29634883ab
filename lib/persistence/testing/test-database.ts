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
  describe(`${name} (SQLite)`, () => suite(opener(undefined)))
  // biome-ignore lint/style/noProcessEnv: the tests' own variable is no part of the program's environment.
  const serverUrl = process.env['TEST_POSTGRES_URL']
  if (serverUrl === undefined || serverUrl === '') {
    test.skip(`${name} (PostgreSQL): TEST_POSTGRES_URL is not set`, () => undefined)
    return
  }
  describe(`${name} (PostgreSQL)`, () => suite(opener(serverUrl)))
}

/** A database of its own, because migrations take a lock that is one per database. */
async function freshDatabase(serverUrl: string): Promise<string> {
  const url = new URL(serverUrl)
  url.pathname = `/test_${randomBytes(8).toString('hex')}`
  await onServer(serverUrl, `CREATE DATABASE "${url.pathname.slice(1)}"`)
  return url.toString()
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const server = await openDatabase({ databaseUrl: serverUrl, dataDir: tmpdir() })
  await server.$executeRawUnsafe(statement)
  await closeDatabase(server)
}

function opener(serverUrl: string | undefined): OpenTestDatabase {
  const removals: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const removal of removals.splice(0).reverse()) await removal()
  })
  return async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'switchyard-test-'))
    removals.push(() => rm(dataDir, { recursive: true, force: true }))
    const databaseUrl = serverUrl === undefined ? undefined : await freshDatabase(serverUrl)
    await migrateDatabase(databaseUrl, dataDir)
    const database = await openDatabase({ databaseUrl, dataDir })
    removals.push(() => remove(database, serverUrl, databaseUrl))
    return { database, kind: databaseUrl === undefined ? 'sqlite' : 'postgresql', databaseUrl, dataDir }
  }
}

async function remove(
  database: Database,
  serverUrl: string | undefined,
  databaseUrl: string | undefined,
): Promise<void> {
  await closeDatabase(database)
  if (serverUrl === undefined || databaseUrl === undefined) return
  await onServer(serverUrl, `DROP DATABASE "${new URL(databaseUrl).pathname.slice(1)}" WITH (FORCE)`)
}
