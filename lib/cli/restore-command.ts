import path from 'node:path'
import { parseArgs } from 'node:util'
import { restoreDatabase } from '@/lib/persistence/back-up.ts'
import { CliError } from './cli-error.ts'
import type { Command } from './command.ts'
import { ensureDataDir } from './data-dir.ts'
import { lockDataDir } from './data-dir-lock.ts'
import { databaseOptions } from './database-options.ts'

export const restoreCommand: Command = {
  name: 'restore',
  usage: '<file>',
  summary: 'Put a backup in the place of the SQLite database; the old one is kept beside it.',
  async run(given) {
    const { positionals } = parseArgs({ args: given, options: {}, allowPositionals: true })
    const [file, ...rest] = positionals
    if (file === undefined || rest.length > 0)
      throw new CliError('Name one file: switchyard restore switchyard-2026.db.')
    const options = databaseOptions()
    ensureDataDir(options.dataDir)
    const unlock = lockDataDir(options.dataDir)
    try {
      const kept = await restoreDatabase(options, path.resolve(file), new Date())
      console.log(`Restored ${file}.${kept === null ? '' : ` The database before it is ${kept}.`}`)
      return 0
    } finally {
      unlock()
    }
  },
}
