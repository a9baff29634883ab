import { parseArgs } from 'node:util'
import { migrateDatabase } from '@/lib/persistence/migrate.ts'
import type { Command } from './command.ts'
import { ensureDataDir } from './data-dir.ts'
import { databaseOptions } from './database-options.ts'
import { withDatabaseErrors } from './with-database-errors.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the database up to date.',
  async run(given) {
    parseArgs({ args: given, options: {} })
    const options = databaseOptions()
    ensureDataDir(options.dataDir)
    const { applied } = await withDatabaseErrors(options, () =>
      migrateDatabase(options.databaseUrl, options.dataDir),
    )
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
    return 0
  },
}
