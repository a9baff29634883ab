import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SnapshotStore } from '@/lib/gateway/snapshot-source/snapshot-store.ts'

let folder = ''
const token = 'n'.repeat(40)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-store-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('gives back what was saved, also across instances', async () => {
  const path = join(folder, 'deep', 'x.snapshot')
  await new SnapshotStore(path, token).save('{"secret":"ek_live"}')
  expect(await new SnapshotStore(path, token).load()).toBe('{"secret":"ek_live"}')
})

test('is readable by its owner alone, and to nobody without the key', async () => {
  const path = join(folder, 'x.snapshot')
  await new SnapshotStore(path, token).save('{"secret":"ek_live"}')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await readFile(path)).includes('ek_live')).toBe(false)
  expect(await new SnapshotStore(path, 'm'.repeat(40)).load()).toBeNull()
})

test('has nothing to give where nothing, or something damaged, lies', async () => {
  const path = join(folder, 'x.snapshot')
  const store = new SnapshotStore(path, token)
  expect(await store.load()).toBeNull()
  await store.save('text')
  const bytes = await readFile(path)
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await writeFile(path, bytes)
  expect(await store.load()).toBeNull()
  await writeFile(path, 'short')
  expect(await store.load()).toBeNull()
})

test('keeps the last of several saves that overlap', async () => {
  const store = new SnapshotStore(join(folder, 'x.snapshot'), token)
  await Promise.all([store.save('1'), store.save('2'), store.save('3')])
  expect(await store.load()).toBe('3')
})
