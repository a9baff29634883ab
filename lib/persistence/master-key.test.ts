import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadMasterKey } from './master-key.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'switchyard-key-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

test('makes one key on the first start, for its owner alone, and keeps it', async () => {
  const key = await loadMasterKey(undefined, dataDir)
  expect(key).toHaveLength(32)
  expect(await loadMasterKey(undefined, dataDir)).toEqual(key)
  expect((await stat(path.join(dataDir, 'master.key'))).mode & 0o777).toBe(0o600)
})

test('refuses a key that others can read, with the repair', async () => {
  await loadMasterKey(undefined, dataDir)
  await chmod(path.join(dataDir, 'master.key'), 0o644)
  await expect(loadMasterKey(undefined, dataDir)).rejects.toThrow(/chmod 600/)
})

test('takes a key from the environment in base64 and hex, and no short one', async () => {
  const key = randomBytes(32)
  for (const encoding of ['base64', 'hex'] as const) {
    expect(await loadMasterKey(key.toString(encoding), dataDir)).toEqual(key)
  }
  await expect(loadMasterKey('c2hvcnQ=', dataDir)).rejects.toThrow(/32 bytes/)
})
