import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from './prepare/project-root.mjs'
import { runCommand } from './prepare/run-step.mjs'
import { createProvider } from './provider/create-provider.mjs'
import { registerProvider } from './provider/register-provider.mjs'

const provider = {
  id: 'new-one',
  name: "New O'One",
  nameZh: '新供应商',
  baseUrl: 'https://api.new-one.example/v1',
  model: 'new-one-chat',
}

const parts = [
  'lib/providers',
  'lib/protocols',
  'lib/domain',
  'lib/platform',
  'e2e/fakes',
  'tsconfig.json',
  'biome.json',
  'vitest.config.ts',
  'package.json',
]

describe('in a copy of the project', () => {
  let root: string
  let files: readonly string[]
  const run = (program: string, ...given: string[]) =>
    runCommand(process.execPath, [path.join(projectRoot, 'node_modules', program), ...given], { cwd: root })

  beforeAll(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'switchyard-provider-'))
    for (const part of parts) {
      cpSync(path.join(projectRoot, part), path.join(root, part), { recursive: true })
    }
    symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'), 'dir')
    files = createProvider(root, provider)
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  test('writes one folder, a stand-in and the line of the registry', () => {
    expect(files).toEqual([
      'lib/providers/new-one/manifest.ts',
      'lib/providers/new-one/provider.ts',
      'lib/providers/new-one/provider.test.ts',
      'lib/providers/new-one/__fixtures__/errors.json',
      'e2e/fakes/providers/new-one.ts',
      'lib/providers/registry.ts',
    ])
  })

  test('keeps the contract of providers', async () => {
    const output = await run('vitest/vitest.mjs', 'run', 'lib/providers/new-one', '--reporter=json')
    const { numPassedTests, numFailedTests } = JSON.parse(output.slice(output.indexOf('{')))
    expect(numFailedTests).toBe(0)
    expect(numPassedTests).toBeGreaterThanOrEqual(8)
  })

  test('passes the linter and the compiler', async () => {
    await run('@biomejs/biome/bin/biome', 'check', '--vcs-enabled=false', ...files)
    const compiler = ['--noEmit', '-p', '.', '--incremental', 'false', '--types', 'node']
    const said = await run('typescript/bin/tsc', ...compiler).catch((error: Error) => error.message)
    expect(said.split('\n').filter((line) => line.includes('new-one') || line.includes('registry'))).toEqual(
      [],
    )
  })

  test('refuses what exists already, and writes nothing', () => {
    const before = readFileSync(path.join(root, 'lib/providers/registry.ts'), 'utf8')
    expect(() => createProvider(root, provider)).toThrow('exists already')
    expect(readFileSync(path.join(root, 'lib/providers/registry.ts'), 'utf8')).toBe(before)
  })
})

test.each([
  [{ ...provider, id: 'New' }, 'lower-case'],
  [{ ...provider, id: '../x' }, 'lower-case'],
  [{ ...provider, baseUrl: 'api.example.com' }, 'base URL'],
  [{ ...provider, baseUrl: 'https://api.example.com/v1/' }, 'base URL'],
])('refuses %j', (wrong, message) => {
  expect(() => createProvider('/nowhere', wrong)).toThrow(message)
})

test('keeps the registry in order, however often', () => {
  const registry = readFileSync(path.join(projectRoot, 'lib/providers/registry.ts'), 'utf8')
  const twice = registerProvider(registerProvider(registry, 'zz-last'), 'aa-first')
  expect(twice.startsWith("import { aaFirst } from './aa-first/provider.ts'\n")).toBe(true)
  expect(twice).toContain('  zzLast,\n  aaFirst,\n]\n')
  expect(() => registerProvider(twice, 'zz-last')).toThrow('already')
})
