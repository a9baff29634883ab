import path from 'node:path'
import { parseArgs } from 'node:util'
import { backUpDatabase } from '@/lib/persistence/back-up.ts'
import { CliError } from './cli-error.ts'
import type { Command } from './command.ts'
import { databaseOptions } from './database-options.ts'

export const backupCommand: Command = {
  name: 'backup',
  usage: '<file>',
  summary: 'Copy the SQLite database to a new file, also while Switchyard runs.',
  async run(given) {
    const { positionals } = parseArgs({ args: given, options: {}, allowPositionals: true })
    const [file, ...rest] = positionals
    if (file === undefined || rest.length > 0)
      throw new CliError('Name one file: switchyard backup switchyard-2026.db.')
    const options = databaseOptions()
    await backUpDatabase(options, path.resolve(file))
    console.log(
      `Wrote ${file}. Keep ${path.join(options.dataDir, 'master.key')} with it: without it secrets cannot be read.`,
    )
    return 0
  },
}
