import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync } from 'node:fs'
import { assert } from '@/lib/platform/assert.ts'
import { type DatabaseLocation, type DatabaseOptions, locateDatabase } from './database-location.ts'
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts'
import { isWriteConflict } from './write-conflict.ts'

/** Typed as the SQLite client whichever database it is: the queries that we write are common to both. */
export type Database = PrismaClient
/** What every store function takes: a transaction, or the database where one statement is enough. */
export type Transaction = Prisma.TransactionClient
export type DatabaseKind = DatabaseLocation['kind']

interface DatabaseState {
  readonly kind: DatabaseKind
  /** Settles when the newest queued transaction has ended. */
  lastWrite: Promise<unknown>
  /** Queued transactions that have not ended. */
  waiting: number
}

/** On globalThis, because a bundler may load this module more than once in one process. */
const holder = globalThis as { __switchyardDatabases?: WeakMap<Database, DatabaseState> }
holder.__switchyardDatabases ??= new WeakMap()
const states = holder.__switchyardDatabases

export class DatabaseMissing extends Error {
  override readonly name = 'DatabaseMissing'

  constructor(file: string) {
    super(`There is no database at ${file}. Bring it back, or make one with: switchyard migrate`)
  }
}

const transactionOptions = { maxWait: 10_000, timeout: 20_000, isolationLevel: 'Serializable' } as const

/** Opens the database, which `migrateDatabase` has brought up to date before. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const location = locateDatabase(options)
  const database =
    location.kind === 'sqlite' ? await openSqlite(location) : await openPostgresql(location.url)
  states.set(database, { kind: location.kind, lastWrite: Promise.resolve(), waiting: 0 })
  return database
}

async function openSqlite({ url, file }: { url: string; file: string }): Promise<Database> {
  // SQLite would make an empty one, and an empty console would empty its gateways.
  if (!existsSync(file)) throw new DatabaseMissing(file)
  const { SqliteAdapter } = await import('./sqlite-adapter.ts')
  const { PrismaClient } = await import('./generated/sqlite/client.ts')
  const database = new PrismaClient({ adapter: new SqliteAdapter({ url }), transactionOptions })
  // The mode stays in the file. Each commit is on the disk before it is acknowledged.
  await database.$queryRawUnsafe('PRAGMA journal_mode = WAL')
  await database.$executeRawUnsafe('PRAGMA synchronous = FULL')
  await database.$executeRawUnsafe('PRAGMA foreign_keys = ON')
  return database
}

async function openPostgresql(url: string): Promise<Database> {
  const { createPostgresqlAdapter } = await import('./postgresql-adapter.ts')
  const { PrismaClient } = await import('./generated/postgresql/client.ts')
  const database = new PrismaClient({ adapter: createPostgresqlAdapter(url), transactionOptions })
  await database.$queryRawUnsafe('SELECT 1')
  return database as unknown as Database
}

export async function closeDatabase(database: Database): Promise<void> {
  await states.get(database)?.lastWrite
  await database.$disconnect()
}

export function databaseKind(database: Database): DatabaseKind {
  return stateOf(database).kind
}

const within = new AsyncLocalStorage<true>()
const triesMax = 8

/**
 * Runs all or nothing, serializable. Inside, use only `transaction`: on SQLite the database itself waits for
 * its end. `run` may run again after a write conflict on PostgreSQL, so it changes nothing but the database.
 */
export async function inTransaction<T>(
  database: Database,
  run: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  assert(!within.getStore(), 'A transaction was begun inside another one.')
  const attempt = () => within.run(true, () => database.$transaction(run, transactionOptions))
  return databaseKind(database) === 'sqlite' ? enqueue(database, attempt) : takeTurns(database, attempt)
}

/** One writer at a time: waiting in line costs nothing, waiting for SQLite's lock costs time-outs. */
function enqueue<T>(database: Database, attempt: () => Promise<T>): Promise<T> {
  const state = stateOf(database)
  state.waiting += 1
  const turn = state.lastWrite.then(attempt, attempt).finally(() => {
    state.waiting -= 1
  })
  state.lastWrite = turn.catch(() => undefined)
  return turn
}

/**
 * Side by side until one loses against another; losers, and who comes while they wait, go one after the other. Among many
 * that change one row, whoever tries again beside the others may lose for ever.
 */
async function takeTurns<T>(database: Database, attempt: () => Promise<T>): Promise<T> {
  if (stateOf(database).waiting === 0) {
    try {
      return await attempt()
    } catch (error) {
      if (!isWriteConflict(error)) throw error
    }
  }
  return await enqueue(database, () => retryConflicts(attempt))
}

/** Other processes may be in the way, and those that began side by side with the first loser. */
async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= triesMax || !isWriteConflict(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries))
    }
  }
}

function stateOf(database: Database): DatabaseState {
  const state = states.get(database)
  assert(state, 'This database was not opened by openDatabase.')
  return state
}
