import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { inTransaction, openDatabase } from './database.ts'
import { countAttempt } from './rate-limit-store.ts'
import { insertSampleWorkspace } from './testing/sample-rows.ts'
import { describeOnBothDatabases } from './testing/test-database.ts'
import { listWorkspaces } from './workspace-store.ts'

describeOnBothDatabases('A transaction', (open) => {
  test('leaves nothing behind when it fails in the middle', async () => {
    const { database } = await open()
    const failing = inTransaction(database, async (transaction) => {
      await insertSampleWorkspace(transaction, 'first')
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    expect((await listWorkspaces(database, { userId: null, limit: 10 })).items).toEqual([])
    await inTransaction(database, (transaction) => insertSampleWorkspace(transaction, 'second'))
    expect((await listWorkspaces(database, { userId: null, limit: 10 })).items).toHaveLength(1)
  })

  test('loses no update among many at once', async () => {
    const { database } = await open()
    const attempts = Array.from({ length: 40 }, () =>
      inTransaction(database, (transaction) => countAttempt(transaction, 'one', 1_000, 60_000)),
    )
    const counts = (await Promise.all(attempts)).map(({ count }) => count)
    expect(counts.sort((left, right) => left - right)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    )
  })

  test('has its turn among very many that read what the others change', async () => {
    const { database } = await open()
    const names = Array.from({ length: 60 }, (_, index) => `workspace-${index}`)
    const attempts = names.map((name) =>
      inTransaction(database, async (transaction) => {
        const { items } = await listWorkspaces(transaction, { userId: null, limit: 100 })
        await countAttempt(transaction, 'one', 1_000, 60_000)
        await insertSampleWorkspace(transaction, name)
        return items.length
      }),
    )
    const seen = await Promise.all(attempts)
    expect(seen.sort((left, right) => left - right)).toEqual(names.map((_, index) => index))
  })

  test('is refused inside another one, because on SQLite it would wait for itself', async () => {
    const { database } = await open()
    const nested = inTransaction(database, () => inTransaction(database, async () => 1))
    await expect(nested).rejects.toThrow('inside another one')
  })

  test('keeps numbers beyond 32 bits and times to the millisecond', async () => {
    const { database } = await open()
    const now = 1_763_697_600_123
    await countAttempt(database, 'key', now, 1_000)
    expect(await countAttempt(database, 'key', now + 999, 1_000)).toEqual({ count: 2, windowStart: now })
    expect(await countAttempt(database, 'key', now + 1_000, 1_000)).toEqual({
      count: 1,
      windowStart: now + 1_000,
    })
  })
})

test('A missing SQLite file is not replaced by an empty one, which would empty the gateways', async () => {
  const databaseUrl = `file:${path.join(tmpdir(), 'switchyard-no-such-folder', 'switchyard.db')}`
  await expect(openDatabase({ databaseUrl, dataDir: tmpdir() })).rejects.toThrow('There is no database at')
})
