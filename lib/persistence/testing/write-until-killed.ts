import { inTransaction, openDatabase } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'

/**
 * Writes pairs that belong together until it is killed: a workspace and a setting that counts them. Prints each
 * count after its commit.
 */
async function writeUntilKilled(dataDir: string): Promise<void> {
  const database = await openDatabase({ dataDir })
  for (;;) {
    const count = await inTransaction(database, async (transaction) => {
      const id = createId('ws')
      const name = `w${id.slice(-24).toLowerCase()}`
      await transaction.workspace.create({ data: { id, name, displayName: 'x'.repeat(2000) } })
      const next = await transaction.workspace.count()
      await transaction.installationSetting.upsert({
        where: { key: 'count' },
        create: { key: 'count', value: next },
        update: { value: next },
      })
      return next
    })
    process.stdout.write(`${count}\n`)
  }
}

await writeUntilKilled(process.argv[2] ?? '')
