import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, openDatabase } from './database.ts'
import { migrateDatabase } from './migrate.ts'
import { findPackageRoot } from './package-root.ts'

const rounds = 8
let dataDir: string
let program: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'switchyard-kill-'))
  // Below the project, where its packages are found.
  program = path.join(findPackageRoot(), 'out', `write-until-killed-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(import.meta.dirname, 'testing/write-until-killed.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    alias: { '@': findPackageRoot() },
    logLevel: 'error',
  })
  await migrateDatabase(undefined, dataDir)
})
afterAll(() => Promise.all([rm(dataDir, { recursive: true }), rm(program)]))

test('a writer killed at any moment leaves whole transactions, and every acknowledged one', async () => {
  for (let round = 0; round < rounds; round++) {
    const acknowledged = await writeAndKill(round)
    const database = await openDatabase({ dataDir })
    const workspaces = await database.workspace.count()
    const counted = await database.installationSetting.findUniqueOrThrow({ where: { key: 'count' } })
    const integrity = await database.$queryRawUnsafe<{ integrity_check: string }[]>('PRAGMA integrity_check')
    await closeDatabase(database)
    expect(integrity[0]?.integrity_check).toBe('ok')
    expect(counted.value).toBe(workspaces)
    expect(workspaces).toBeGreaterThanOrEqual(acknowledged)
  }
}, 120_000)

/** The newest count that the writer said it had committed. */
async function writeAndKill(round: number): Promise<number> {
  const writer = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  const exit = new Promise((resolve) => writer.once('close', resolve))
  const firstCommit = new Promise((resolve) =>
    writer.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      resolve(undefined)
    }),
  )
  await Promise.race([firstCommit, exit])
  // Another moment within a transaction each round.
  await pause(round * 7 + Math.random() * 40)
  writer.kill('SIGKILL')
  await exit
  return Number(output.trim().split('\n').at(-1))
}
