import * as z from 'zod'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { countUsers } from '@/lib/persistence/account-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getSetting, putSetting } from '@/lib/persistence/installation-store.ts'
import { isTokenOf, randomToken, tokenHash } from './random-token.ts'

export const setupLinkKey = 'setup-link'
const lifetimeMs = 86_400_000
const storedLink = z.object({ tokenHash: z.string(), expiresAt: z.number() })

/** A new link while nobody owns the installation, replacing any earlier one; else null. The first user is its owner. */
export async function createSetupLink(): Promise<string | null> {
  const { database, clock, publicUrl } = consoleContext()
  const token = randomToken('')
  const created = await inTransaction(database, async (transaction) => {
    if ((await countUsers(transaction)) > 0) return false
    const link = { tokenHash: tokenHash(token), expiresAt: clock.now() + lifetimeMs }
    await putSetting(transaction, setupLinkKey, link)
    return true
  })
  return created ? `${publicUrl}/setup?token=${token}` : null
}

/** Throws `setup_closed` when the token is wrong, expired or used, all alike. */
export async function requireOpenSetup(transaction: Transaction, token: string): Promise<void> {
  const row = await getSetting(transaction, setupLinkKey)
  const link = storedLink.safeParse(row?.value)
  const open =
    link.success &&
    isTokenOf(token, link.data.tokenHash) &&
    link.data.expiresAt > consoleContext().clock.now() &&
    (await countUsers(transaction)) === 0
  if (!open) {
    throw new AppError(
      'setup_closed',
      'The link was used, has expired or is wrong. While nobody owns the installation, restarting it prints a new one.',
    )
  }
}
