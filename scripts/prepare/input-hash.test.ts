import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashInputs, isProgramSource, unlessMarked } from './input-hash.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'switchyard-hash-'))
  mkdirSync(path.join(root, 'lib/a'), { recursive: true })
  writeFileSync(path.join(root, 'lib/a/one.ts'), '1')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const hash = () => hashInputs(['lib', 'missing.json'], isProgramSource, root)

describe('the hash of inputs', () => {
  test('stays when a file is only touched, or a test is written', () => {
    const before = hash()
    utimesSync(path.join(root, 'lib/a/one.ts'), new Date(0), new Date(0))
    writeFileSync(path.join(root, 'lib/a/one.test.ts'), 'test')
    expect(hash()).toBe(before)
  })

  test('changes with a content, a name and a new file', () => {
    const seen = new Set([hash()])
    writeFileSync(path.join(root, 'lib/a/one.ts'), '2')
    seen.add(hash())
    writeFileSync(path.join(root, 'lib/a/two.ts'), '')
    seen.add(hash())
    rmSync(path.join(root, 'lib/a/two.ts'))
    writeFileSync(path.join(root, 'lib/a/three.ts'), '')
    seen.add(hash())
    expect(seen.size).toBe(4)
  })
})

describe('making unless it was made', () => {
  const run = (make: () => Promise<void>, outputsExist = () => true) =>
    unlessMarked({ mark: path.join(root, 'out/.mark'), hash: hash(), make, outputsExist })

  test('happens once for the same inputs, and again when the output is gone', async () => {
    let made = 0
    const make = async () => {
      made++
    }
    await run(make)
    await run(make)
    expect(made).toBe(1)
    await run(make, () => false)
    expect(made).toBe(2)
  })

  test('is tried again after a failure', async () => {
    await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await run(async () => {})).toBe(true)
  })
})
