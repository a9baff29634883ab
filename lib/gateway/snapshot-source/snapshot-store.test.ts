import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SnapshotStore } from '@/lib/gateway/snapshot-source/snapshot-store.ts'

let folder = ''
const token = 'n'.repeat(40)
const lines = ['{"revision":1}', '{"secret":"ek_live"}']
const openStore = (path: string) => new SnapshotStore(path, token, 0)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-store-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('gives back what was saved, also across instances', async () => {
  const path = join(folder, 'deep', 'x.snapshot')
  await openStore(path).save(lines)
  expect(await openStore(path).load()).toEqual(lines)
})

test('is readable by its owner alone, and to nobody without the key', async () => {
  const path = join(folder, 'x.snapshot')
  await openStore(path).save(lines)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await readFile(path)).includes('ek_live')).toBe(false)
  expect(await new SnapshotStore(path, 'm'.repeat(40)).load()).toBeNull()
})

test('has nothing to give where nothing, or something damaged, lies', async () => {
  const path = join(folder, 'x.snapshot')
  const store = openStore(path)
  expect(await store.load()).toBeNull()
  await store.save(['text'])
  const bytes = await readFile(path)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await writeFile(path, bytes)
  expect(await store.load()).toBeNull()
  await writeFile(path, 'short')
  expect(await store.load()).toBeNull()
})

test('keeps the last of several saves that overlap', async () => {
  const store = openStore(join(folder, 'x.snapshot'))
  await Promise.all([store.save(['1']), store.save(['2']), store.save(['3'])])
  expect(await store.load()).toEqual(['3'])
})

test('gives back thousands of lines as they were', async () => {
  const many = Array.from(
    { length: 5_000 },
    (_, index) => `{"id":"eas_${index}","more":"${'x'.repeat(100)}"}`,
  )
  const store = openStore(join(folder, 'x.snapshot'))
  await store.save(many)
  expect(await store.load()).toEqual(many)
})

test('waits for others to come before it writes, but not at the end', async () => {
  const path = join(folder, 'x.snapshot')
  const store = new SnapshotStore(path, token, 60_000)
  const saved = store.save(['1'])
  expect(await store.load()).toBeNull()
  void store.save(['2'])
  await store.settled()
  await saved
  expect(await store.load()).toEqual(['2'])
})
