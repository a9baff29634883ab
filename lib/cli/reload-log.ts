import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'

const reloadLog = z.object({
  /** Milliseconds since the epoch. */
  beganAt: z.number(),
  lines: z.array(z.string()),
  /** Null while the reload goes on. */
  succeeded: z.boolean().nullable(),
})

/** What the newest reload of an installation has said, for the command that asked for it. */
export type ReloadLog = z.infer<typeof reloadLog>

const fileName = 'switchyard.reload'

export function writeReloadLog(dataDir: string, log: ReloadLog): void {
  const file = path.join(dataDir, fileName)
  // Never half written for who reads meanwhile.
  writeFileSync(`${file}.tmp`, JSON.stringify(log), { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

export function readReloadLog(dataDir: string): ReloadLog | null {
  try {
    return reloadLog.parse(JSON.parse(readFileSync(path.join(dataDir, fileName), 'utf8')))
  } catch {
    return null
  }
}
