import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findStructureFaults } from './structure.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'switchyard-structure-'))
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  write('package.json', JSON.stringify({ scripts: { test: 'x' } }))
  write('lib/platform/env.ts', 'const environment = z.object({\n  PORT: port,\n})\n')
  write('docs/configuration.md', '| `PORT` | `3000` | The port. |\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

test('a repository in order has no faults', () => {
  write('README.md', 'See [variables](docs/configuration.md#port), `lib/platform/` and https://example.com.')
  expect(findStructureFaults(root)).toEqual([])
})

test('each fault is found and named', () => {
  write('lib/domain/utils.ts', 'export const a = 1\n')
  write('lib/domain/b.ts', '// @ts-ignore\nexport const b = 1\n')
  write('README.md', 'See [this](docs/gone.md) and `lib/domain/gone.ts`.')
  write(
    'package.json',
    JSON.stringify({ scripts: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [n, 'x'])) }),
  )
  write('lib/platform/env.ts', 'const environment = z.object({\n  PORT: port,\n  SWITCHYARD_NEW: text,\n})\n')
  write('docs/configuration.md', '| `PORT` | `3000` | x |\n| `SWITCHYARD_OLD` | | x |\n')
  expect(findStructureFaults(root)).toEqual([
    'lib/domain/utils.ts: name a file after what it exports',
    'lib/domain/b.ts:1: silences a check',
    'README.md: docs/gone.md does not exist',
    'README.md: lib/domain/gone.ts does not exist',
    'package.json: 16 scripts, at most 15',
    'docs/configuration.md: SWITCHYARD_NEW is not documented',
    'docs/configuration.md: SWITCHYARD_OLD is not in lib/platform/env.ts',
  ])
})

test('what git ignores is nobody’s business, and tests may silence a check', () => {
  write('.gitignore', 'dist/\n')
  write('dist/utils.ts', 'export const a = 1\n')
  write('lib/a.test.ts', '// @ts-expect-error the point of this test\n')
  expect(findStructureFaults(root)).toEqual([])
})
