import { parseArgs } from 'node:util'
import { rotateMasterKey } from '@/lib/persistence/rotate-master-key.ts'
import { readEnv } from '@/lib/platform/env.ts'
import type { Command } from './command.ts'
import { ensureDataDir } from './data-dir.ts'
import { lockDataDir } from './data-dir-lock.ts'
import { databaseOptions } from './database-options.ts'
import { withDatabaseErrors } from './with-database-errors.ts'

export const rotateMasterKeyCommand: Command = {
  name: 'rotate-master-key',
  summary: 'Seal every secret with a new master key, while Switchyard is stopped.',
  async run(given) {
    parseArgs({ args: given, options: {} })
    const env = readEnv()
    const options = databaseOptions()
    ensureDataDir(options.dataDir)
    const unlock = lockDataDir(options.dataDir)
    try {
      const keys = { present: env.SWITCHYARD_MASTER_KEY, next: env.SWITCHYARD_NEW_MASTER_KEY }
      const { count, oldKeyFile } = await withDatabaseErrors(options, () =>
        rotateMasterKey(options, keys, new Date()),
      )
      console.log(
        oldKeyFile === null
          ? `Sealed ${count} secrets anew. Put the new key into SWITCHYARD_MASTER_KEY before you start Switchyard.`
          : `Sealed ${count} secrets anew. The old key is kept as ${oldKeyFile}: only backups made before need it.`,
      )
      return 0
    } finally {
      unlock()
    }
  },
}
