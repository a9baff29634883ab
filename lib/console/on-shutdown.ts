/** On globalThis, where the console's own server looks for it before the process ends. */
const holder = globalThis as { __switchyardShutdown?: Set<() => void | Promise<void>> }

/** Returns a function that takes the hook back. */
export function onShutdown(hook: () => void | Promise<void>): () => void {
  holder.__switchyardShutdown ??= new Set()
  const hooks = holder.__switchyardShutdown
  hooks.add(hook)
  return () => hooks.delete(hook)
}
