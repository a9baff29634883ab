import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killChildren, pinSelf } from './processes.ts'

/** Sees to it that a run ends whatever it started, whichever way it ends itself. Returns a folder of its own. */
export function startRun(deadlineSeconds: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-bench-'))
  process.once('exit', () => {
    killChildren()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  const fail = (error: unknown) => {
    console.error(error)
    process.exit(1)
  }
  process.once('uncaughtException', fail).once('unhandledRejection', fail)
  setTimeout(() => fail(`Not finished after ${deadlineSeconds} s.`), deadlineSeconds * 1000).unref()
  pinSelf()
  return folder
}
