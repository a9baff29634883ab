import { PrismaLibSql } from '@prisma/adapter-libsql'

type SqliteClient = ReturnType<PrismaLibSql['createClient']>
type SqliteTransaction = Awaited<ReturnType<SqliteClient['transaction']>>

const busyTimeoutMs = 5000
/** Of one statement; the default of SQLite since 3.32. Prisma assumes 999, fewer than one gateway has services. */
const maxBindValues = 32_766

/**
 * Prisma's adapter with three differences. It takes as many values as SQLite does. A transaction takes the write lock when it begins: a deferred one fails
 * with "busy" in the middle when two processes write. And all work stays on one connection: the driver would
 * open a new one after each transaction and leave the old one to the garbage collector.
 */
export class SqliteAdapter extends PrismaLibSql {
  override async connect(): ReturnType<PrismaLibSql['connect']> {
    const connection = await super.connect()
    return Object.assign(connection, {
      getConnectionInfo: () => ({ maxBindValues, supportsRelationJoins: false }),
    })
  }

  override createClient(config: Parameters<PrismaLibSql['createClient']>[0]): SqliteClient {
    const client = super.createClient({ ...config, timeout: busyTimeoutMs })
    return Object.assign(client, { transaction: () => beginImmediate(client) })
  }
}

/** The adapter holds its own lock from here to commit or rollback, so nothing else reaches the connection meanwhile. */
async function beginImmediate(client: SqliteClient): Promise<SqliteTransaction> {
  await client.execute('BEGIN IMMEDIATE')
  let closed = false
  const rollback = async () => {
    if (closed) return
    closed = true
    await client.execute('ROLLBACK')
  }
  return {
    execute: (statement: Parameters<SqliteClient['execute']>[0]) => client.execute(statement),
    batch: async (statements) => {
      const results = []
      for (const statement of statements) {
        results.push(
          await client.execute(
            Array.isArray(statement) ? { sql: statement[0], args: statement[1] ?? [] } : statement,
          ),
        )
      }
      return results
    },
    // The driver rolls an open transaction back after a script.
    executeMultiple: () => Promise.reject(new Error('Inside a transaction, run statements one by one.')),
    commit: async () => {
      try {
        await client.execute('COMMIT')
        closed = true
      } catch (error) {
        // A failed commit (disk full) leaves the transaction open, and the connection is shared.
        await rollback().catch(() => undefined)
        throw error
      }
    },
    rollback,
    close: () => void rollback(),
    get closed() {
      return closed
    },
  }
}
