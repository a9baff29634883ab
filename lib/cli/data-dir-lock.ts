import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CliError } from './cli-error.ts'

const lockName = 'switchyard.pid'

/** Two supervisors on one data folder would be two writers of one database. Returns the release. */
export function lockDataDir(dataDir: string): () => void {
  const file = path.join(dataDir, lockName)
  const holder = lockHolder(dataDir)
  if (holder !== null) {
    throw new CliError(
      `Switchyard already runs on ${dataDir} (process ${holder}). Stop it, or set SWITCHYARD_DATA_DIR to another folder.`,
    )
  }
  rmSync(file, { force: true })
  writeFileSync(file, `${process.pid}\n`, { mode: 0o600 })
  return () => {
    if (readPid(file) === process.pid) rmSync(file, { force: true })
  }
}

/** The process that runs on this data folder, or null. */
export function lockHolder(dataDir: string): number | null {
  const pid = readPid(path.join(dataDir, lockName))
  if (pid === null || pid === process.pid || !isSwitchyard(pid)) return null
  return pid
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

/** After a crash the number may belong to some other program, so its command line is asked where that is possible. */
function isSwitchyard(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  try {
    return /switchyard|scripts\/up\.mjs|npm/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return true
  }
}
