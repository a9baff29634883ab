/** Calls a chat service until it answers, which it does once the node has the new snapshot and a ready instance. */
export async function waitForAnswer(
  url: string,
  token: string,
  { withinMs }: { withinMs: number },
): Promise<boolean> {
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline) {
    if (await answers(url, token)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

async function answers(url: string, token: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: token, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'sample-chat', messages: [{ role: 'user', content: 'Hello' }] }),
      signal: AbortSignal.timeout(5_000),
    })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
