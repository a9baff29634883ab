import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureDataDir, ensureMasterKey, ensureNodeId, ensureNodeToken } from './data-dir.ts'
import { lockDataDir, lockHolder } from './data-dir-lock.ts'

let parent: string
let dataDir: string

beforeEach(() => {
  parent = mkdtempSync(path.join(os.tmpdir(), 'switchyard-data-'))
  dataDir = path.join(parent, 'data')
  ensureDataDir(dataDir)
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const modeOf = (file: string) => statSync(file).mode & 0o777

describe('the data folder', () => {
  test('and its secrets are for their owner alone', () => {
    ensureMasterKey(dataDir)
    ensureNodeToken(dataDir)
    expect(modeOf(dataDir)).toBe(0o700)
    expect(modeOf(path.join(dataDir, 'master.key'))).toBe(0o600)
    expect(modeOf(path.join(dataDir, 'node.token'))).toBe(0o600)
  })

  test('keeps its secrets, and tightens a mode that someone loosened', () => {
    const key = ensureMasterKey(dataDir)
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
    chmodSync(path.join(dataDir, 'master.key'), 0o644)
    expect(ensureMasterKey(dataDir)).toBe(key)
    expect(modeOf(path.join(dataDir, 'master.key'))).toBe(0o600)
    expect(ensureNodeId(dataDir)).toBe(ensureNodeId(dataDir))
  })

  test('with an empty key file says so instead of sealing under nothing', () => {
    writeFileSync(path.join(dataDir, 'master.key'), '\n')
    expect(() => ensureMasterKey(dataDir)).toThrow(/master\.key is empty/)
  })

  test('that cannot be made is named, with the variable that moves it', () => {
    writeFileSync(path.join(parent, 'file'), '')
    expect(() => ensureDataDir(path.join(parent, 'file', 'data'))).toThrow(
      /file\/data is not writable.*SWITCHYARD_DATA_DIR/,
    )
  })
})

describe('the lock', () => {
  test('refuses a second supervisor while the first lives', async () => {
    const file = path.join(parent, 'switchyard-sleeper.mjs')
    writeFileSync(file, 'process.send(1); setInterval(() => {}, 1000)')
    const other = spawn(process.execPath, [file], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    await new Promise((resolve) => other.once('message', resolve))
    writeFileSync(path.join(dataDir, 'switchyard.pid'), `${other.pid}\n`)
    expect(() => lockDataDir(dataDir)).toThrow(`already runs on ${dataDir} (process ${other.pid})`)
    const gone = new Promise((resolve) => other.once('exit', resolve))
    other.kill('SIGKILL')
    await gone
    expect(lockHolder(dataDir)).toBeNull()
    lockDataDir(dataDir)()
  })
})
