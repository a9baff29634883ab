import path from 'node:path'
import { parseArgs } from 'node:util'
import { readEnv } from '@/lib/platform/env.ts'
import { checkups } from './checkups.ts'
import type { Command } from './command.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Look at the machine, the data folder, the database and what runs; say what is wrong.',
  async run(given) {
    parseArgs({ args: given, options: {} })
    const env = readEnv()
    const dataDir = path.resolve(env.SWITCHYARD_DATA_DIR)
    let wrong = 0
    for (const { name, look } of checkups) {
      const { ok, text } = await look({ env, dataDir })
      if (!ok) wrong++
      console.log(`${ok ? '✓' : '✗'} ${name.padEnd(14)}${text}`)
    }
    return wrong === 0 ? 0 : 1
  },
}
