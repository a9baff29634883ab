import { purgeSessions } from '@/lib/persistence/account-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { purgeIdempotencyKeys } from '@/lib/persistence/idempotency-store.ts'
import { purgeAttempts } from '@/lib/persistence/rate-limit-store.ts'
import { consoleContext } from './console-context.ts'

const everyMs = 600_000
const dayMs = 86_400_000

/** Takes away what has lost its meaning: kept answers after a day, ended sessions, old counts. Returns a stop. */
export function tidyRegularly(): () => void {
  const timer = setInterval(() => void tidy(), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

async function tidy(): Promise<void> {
  const { database, clock, logger } = consoleContext()
  const now = clock.now()
  try {
    await inTransaction(database, async (transaction) => {
      await purgeIdempotencyKeys(transaction, new Date(now - dayMs))
      await purgeSessions(transaction, new Date(now))
      await purgeAttempts(transaction, now - dayMs)
    })
  } catch (error) {
    logger.warn({ err: error }, 'tidying up failed; the next turn tries again')
  }
}
