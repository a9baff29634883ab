import type { DatabaseOptions } from '@/lib/persistence/database-location.ts'
import { describeUnreachable } from '@/lib/persistence/unreachable.ts'
import { CliError } from './cli-error.ts'

/** Turns "cannot be reached" in all its forms into one line with the host and the reason, and without the password. */
export async function withDatabaseErrors<T>(options: DatabaseOptions, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const line = describeUnreachable(cause, options)
    // Code 1, not 2: a database that is down comes back, so whoever supervises this may try again.
    throw line === null ? cause : new CliError(line, { exitCode: 1, cause })
  }
}
