import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readEnv } from '@/lib/platform/env.ts'
import { CliError } from './cli-error.ts'
import type { Command } from './command.ts'
import { lockHolder } from './data-dir-lock.ts'
import { readReloadLog } from './reload-log.ts'

const lookEveryMs = 50

export const reloadCommand: Command = {
  name: 'reload',
  summary: 'Put the programs on disk in the place of those that run; no request is refused or lost.',
  async run(given) {
    parseArgs({ args: given, options: {} })
    const dataDir = path.resolve(readEnv().SWITCHYARD_DATA_DIR)
    const running = lockHolder(dataDir)
    if (running === null) throw new CliError(`Switchyard does not run on ${dataDir}.`, { exitCode: 1 })
    const askedAt = Date.now()
    process.kill(running, 'SIGHUP')
    return follow(dataDir, askedAt)
  },
}

/** Prints what the installation says of the reload that it began after `askedAt`. */
async function follow(dataDir: string, askedAt: number): Promise<number> {
  let printed = 0
  for (;;) {
    const log = readReloadLog(dataDir)
    if (log !== null && log.beganAt >= askedAt) {
      for (; printed < log.lines.length; printed++) console.log(log.lines[printed])
      if (log.succeeded !== null) return log.succeeded ? 0 : 1
    }
    if (lockHolder(dataDir) === null) throw new CliError('Switchyard stopped meanwhile.', { exitCode: 1 })
    await pause(lookEveryMs)
  }
}
