/** What must be closed before the console ends: streams, timers, the database. */
export type ShutdownHook = () => unknown

/** On globalThis, because Next's bundle and this program have each a copy of every module. */
const holder = globalThis as { __switchyardShutdown?: Set<ShutdownHook> }

/** Runs every hook, whatever the others do. */
export async function runShutdownHooks(report: (error: unknown) => void): Promise<void> {
  const hooks = [...(holder.__switchyardShutdown ?? [])]
  const results = await Promise.allSettled(hooks.map(async (hook) => hook()))
  for (const result of results) if (result.status === 'rejected') report(result.reason)
}

export function provideShutdownHooks(): void {
  holder.__switchyardShutdown ??= new Set()
}
