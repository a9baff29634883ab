import { createHash } from 'node:crypto'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { clearAttempts, countAttempt } from '@/lib/persistence/rate-limit-store.ts'

interface Limit {
  readonly key: string
  readonly attemptsMax: number
}

const windowMs = 15 * 60_000

/**
 * Counted before the password is looked at, so that attempts in parallel count too. The bound per email holds
 * against many addresses; the one per email and address is what a person who forgot a password meets.
 */
function limitsFor(email: string, address: string | null): readonly Limit[] {
  return [
    { key: keyOf('pair', email, address ?? ''), attemptsMax: 8 },
    { key: keyOf('email', email), attemptsMax: 50 },
    { key: keyOf('address', address ?? ''), attemptsMax: 40 },
  ]
}

/** Throws `rate_limited` with the seconds to wait. */
export async function countSignInAttempt(email: string, address: string | null): Promise<void> {
  const { database, clock } = consoleContext()
  const now = clock.now()
  const waits = await inTransaction(database, async (transaction) => {
    const found: number[] = []
    for (const { key, attemptsMax } of limitsFor(email, address)) {
      const { count, windowStart } = await countAttempt(transaction, key, now, windowMs)
      if (count > attemptsMax) found.push(windowStart + windowMs - now)
    }
    return found
  })
  if (waits.length === 0) return
  const seconds = Math.max(1, Math.ceil(Math.max(...waits) / 1000))
  throw new AppError('rate_limited', `Too many attempts. Try again in ${Math.ceil(seconds / 60)} min.`, {
    retryAfterSeconds: seconds,
  })
}

export async function clearSignInAttempts(email: string, address: string | null): Promise<void> {
  const { database } = consoleContext()
  const keys = limitsFor(email, address).map((limit) => limit.key)
  await inTransaction(database, (transaction) => clearAttempts(transaction, keys))
}

/** Hashed, so that the table holds no addresses of people. */
function keyOf(...parts: string[]): string {
  return `sign-in:${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40)}`
}
