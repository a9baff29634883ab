import path from 'node:path'
import { parseArgs } from 'node:util'
import { migrateDatabase } from '@/lib/persistence/migrate.ts'
import { readEnv } from '@/lib/platform/env.ts'
import type { Command } from './command.ts'
import { ensureDataDir } from './data-dir.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the database up to date.',
  async run(given) {
    parseArgs({ args: given, options: {} })
    const env = readEnv()
    const dataDir = path.resolve(env.SWITCHYARD_DATA_DIR)
    ensureDataDir(dataDir)
    const { applied } = await migrateDatabase(env.DATABASE_URL, dataDir)
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
    return 0
  },
}
