import { createInstallationToken } from '@/lib/console/api-tokens/create-api-token.ts'
import { startConsole } from '@/lib/console/boot.ts'
import type { Caller } from '@/lib/console/caller.ts'
import type { CreateApiTokenInput } from '@/lib/domain/api-token.ts'
import type { Env } from '@/lib/platform/env.ts'
import { createId } from '@/lib/platform/id.ts'
import { runShutdownHooks } from './shutdown-hooks.ts'

export type MadeAccess = { readonly setupUrl: string } | { readonly token: string }

/** Whoever may run this on the host holds the master key already; the use case records it like any other write. */
export async function makeAccess(env: Env, input: CreateApiTokenInput): Promise<MadeAccess> {
  const { setupUrl } = await startConsole({ ...env, SWITCHYARD_LOG_LEVEL: 'error' })
  try {
    if (setupUrl !== null) return { setupUrl }
    const { token } = await createInstallationToken(input, commandLineCaller())
    if (token === null) throw new Error('The token was made but not shown.')
    return { token }
  } finally {
    await runShutdownHooks((error) => console.error(error))
  }
}

function commandLineCaller(): Caller {
  return {
    kind: 'system',
    id: null,
    name: 'Command line',
    session: null,
    ownsInstallation: true,
    tokenScope: null,
    address: null,
    userAgent: null,
    requestId: createId('req'),
  }
}
