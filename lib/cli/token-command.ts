import { parseArgs } from 'node:util'
import { createApiTokenInput } from '@/lib/domain/api-token.ts'
import { readEnv } from '@/lib/platform/env.ts'
import { CliError } from './cli-error.ts'
import type { Command } from './command.ts'
import { ensureDataDir } from './data-dir.ts'
import { databaseOptions } from './database-options.ts'
import { withDatabaseErrors } from './with-database-errors.ts'

export const tokenCommand: Command = {
  name: 'token',
  usage: '[--name <name>] [--days 7|30|90|365]',
  summary: "Make an API token with the owner's rights; with no owner yet, a fresh setup link.",
  async run(given) {
    const { values } = parseArgs({
      args: given,
      options: { name: { type: 'string', default: 'Made by switchyard token' }, days: { type: 'string' } },
    })
    const input = createApiTokenInput.safeParse({
      name: values.name,
      role: 'owner',
      expiresInDays: values.days === undefined ? null : Number(values.days),
    })
    if (!input.success)
      throw new CliError('Give a name of at most 64 characters, and --days 7, 30, 90 or 365 or none.')
    const env = readEnv()
    const options = databaseOptions()
    ensureDataDir(options.dataDir)
    const { makeAccess } = await import('./make-access.ts')
    const made = await withDatabaseErrors(options, () => makeAccess(env, input.data))
    console.log('setupUrl' in made ? `Make the first owner: ${made.setupUrl}` : made.token)
    return 0
  },
}
