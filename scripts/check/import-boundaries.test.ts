import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectRoot } from '../prepare/project-root.mjs'
import { runCommand } from '../prepare/run-step.mjs'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'switchyard-imports-'))
  write('tsconfig.json', JSON.stringify({ compilerOptions: { paths: { '@/*': ['./*'] }, jsx: 'react-jsx' } }))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

/** In a process of its own, because dependency-cruiser reads paths relative to the working directory. */
async function forbiddenImports(): Promise<string[]> {
  const checker = path.join(projectRoot, 'scripts/check/import-boundaries.mjs')
  const program = `import(${JSON.stringify(checker)}).then(async (m) => console.log(JSON.stringify(await m.findForbiddenImports(process.cwd()))))`
  return JSON.parse(await runCommand(process.execPath, ['--eval', program], { cwd: root }))
}

describe('the import table', () => {
  test('accepts what it allows, types included', async () => {
    write('lib/snapshot/snapshot.ts', 'export interface Snapshot { revision: number }\n')
    write(
      'lib/gateway/apply.ts',
      "import type { Snapshot } from '@/lib/snapshot/snapshot.ts'\nexport const apply = (s: Snapshot) => s.revision\n",
    )
    expect(await forbiddenImports()).toEqual([])
  })

  test('refuses the gateway importing the database, even as a type', async () => {
    write('lib/persistence/rows.ts', 'export interface Row { id: string }\n')
    write(
      'lib/gateway/cheat.ts',
      "import type { Row } from '@/lib/persistence/rows.ts'\nexport const id = (row: Row) => row.id\n",
    )
    expect(await forbiddenImports()).toEqual([
      'import table: lib/gateway: lib/gateway/cheat.ts → lib/persistence/rows.ts',
    ])
  })

  test('refuses a component that fetches by itself, in a tsx file', async () => {
    write('lib/client/query.ts', 'export const query = 1\n')
    write(
      'components/ui/card.tsx',
      "import { query } from '@/lib/client/query.ts'\nexport const Card = () => <b>{query}</b>\n",
    )
    expect(await forbiddenImports()).toEqual([
      'import table: components: components/ui/card.tsx → lib/client/query.ts',
    ])
  })

  test('refuses packages that a module must not know', async () => {
    write('node_modules/next/package.json', '{"name":"next","version":"1.0.0"}')
    write('node_modules/next/headers.js', 'exports.headers = 1\n')
    write('lib/gateway/web.ts', "import { headers } from 'next/headers.js'\nexport const all = headers\n")
    expect(await forbiddenImports()).toEqual([
      'the gateway knows no web framework: lib/gateway/web.ts → node_modules/next/headers.js',
    ])
  })

  test('refuses cycles and names every step', async () => {
    write('lib/domain/a.ts', "import { b } from './b.ts'\nexport const a = () => b\n")
    write('lib/domain/b.ts', "import { a } from './a.ts'\nexport const b = () => a\n")
    expect((await forbiddenImports()).join('\n')).toMatch(
      /no cycles: lib\/domain\/[ab]\.ts → lib\/domain\/[ab]\.ts → lib\/domain\/[ab]\.ts/,
    )
  })
})
