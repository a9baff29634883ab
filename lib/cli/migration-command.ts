import { parseArgs } from 'node:util'
import { createMigration } from '@/lib/persistence/create-migration.ts'
import { CliError } from './cli-error.ts'
import type { Command } from './command.ts'

export const migrationCommand: Command = {
  name: 'migration',
  usage: '<name>',
  summary: 'For developers: write the migration of a changed prisma/schema.prisma.',
  async run(given) {
    const { positionals } = parseArgs({ args: given, options: {}, allowPositionals: true })
    const title = positionals.join(' ').trim()
    if (title === '') throw new CliError('Name the change: switchyard migration add-api-tokens')
    const name = await createMigration(title, new Date())
    console.log(name === null ? 'The schema has not changed.' : `Wrote prisma/migrations/*/${name}.`)
    return 0
  },
}
