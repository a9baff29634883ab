import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import v8 from 'node:v8'
import vm from 'node:vm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { backUpDatabase, restoreDatabase } from './back-up.ts'
import { closeDatabase, type Database, openDatabase } from './database.ts'
import { migrateDatabase } from './migrate.ts'

const now = new Date('2026-01-02T03:04:05Z')
let dataDir: string
let database: Database | undefined

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'switchyard-backup-'))
  await migrateDatabase(undefined, dataDir)
  database = await openDatabase({ dataDir })
})
afterEach(async () => {
  await close()
  await rm(dataDir, { recursive: true, force: true })
})

v8.setFlagsFromString('--expose-gc')
const collectGarbage: () => void = vm.runInNewContext('gc')

async function close() {
  if (database) await closeDatabase(database)
  database = undefined
  // The driver lets go of the file only once its statements are collected; a process that ends needs no such help.
  collectGarbage()
}

const put = (key: string) => database?.installationSetting.create({ data: { key, value: 1 } })
const keys = async (open: Database) =>
  (await open.installationSetting.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)

test('a backup of a running database brings back what was there, and keeps what was replaced', async () => {
  const target = path.join(dataDir, "it's a backup.db")
  await put('before')
  await backUpDatabase({ dataDir }, target)
  expect((await stat(target)).mode & 0o777).toBe(0o600)
  await put('later')
  await close()
  const kept = await vi.waitFor(() => restoreDatabase({ dataDir }, target, now), { timeout: 10_000 })
  expect(kept).toBe(path.join(dataDir, 'switchyard.db.before-restore-2026-01-02T03-04-05-000Z'))
  database = await openDatabase({ dataDir })
  expect(await keys(database)).toEqual(['before'])
  const replaced = await openDatabase({ dataDir, databaseUrl: `file:${kept}` })
  expect(await keys(replaced)).toEqual(['before', 'later'])
  await closeDatabase(replaced)
})

test('a file that is no backup is refused, and the database stays', async () => {
  const junk = path.join(dataDir, 'junk')
  await writeFile(junk, 'SQLite format 3\0 and then nothing of the kind')
  await put('here')
  await close()
  await expect(restoreDatabase({ dataDir }, junk, now)).rejects.toThrow(
    `${junk} is not a backup of Switchyard.`,
  )
  database = await openDatabase({ dataDir })
  expect(await keys(database)).toEqual(['here'])
  expect((await readdir(dataDir)).filter((name) => name.includes('restor'))).toEqual([])
})

test('a database in use is not replaced', async () => {
  const target = path.join(dataDir, 'backup.db')
  await put('here')
  await backUpDatabase({ dataDir }, target)
  await expect(restoreDatabase({ dataDir }, target, now)).rejects.toThrow('The database is in use.')
})

test('a backup never overwrites a file, and PostgreSQL has tools of its own', async () => {
  const target = path.join(dataDir, 'there')
  await writeFile(target, 'precious')
  await expect(backUpDatabase({ dataDir }, target)).rejects.toThrow('exists already')
  const postgresql = { dataDir, databaseUrl: 'postgres://localhost/x' }
  await expect(backUpDatabase(postgresql, `${target}2`)).rejects.toThrow('use pg_dump')
})
