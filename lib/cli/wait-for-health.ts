const pauseMs = 100

/** Asks until the console says that it, its database and the gateway's first node are ready. Resolves with false at the deadline. */
export async function waitForHealth(
  consoleUrl: string,
  { withinMs }: { withinMs: number },
): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline) {
    if (await isHealthy(consoleUrl)) return true
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return false
}

export async function isHealthy(consoleUrl: string): Promise<boolean> {
  try {
    const response = await fetch(new URL('/api/health', consoleUrl), { signal: AbortSignal.timeout(5_000) })
    await response.arrayBuffer()
    return response.status === 200
  } catch {
    return false
  }
}
