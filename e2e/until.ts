import { setTimeout as pause } from 'node:timers/promises'

/** Asks until the answer is neither false, null nor undefined. Errors count as "not yet" and are told at the end. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | false | null | undefined> | Answer | false | null | undefined,
  { withinMs = 20_000, everyMs = 25 }: { withinMs?: number; everyMs?: number } = {},
): Promise<Answer> {
  const deadline = performance.now() + withinMs
  let last: unknown = 'it was not so'
  while (performance.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== false && answer !== null && answer !== undefined) return answer
      last = 'it was not so'
    } catch (error) {
      last = error
    }
    await pause(everyMs)
  }
  throw new Error(`After ${withinMs} ms still not: ${what}. Last: ${String(last)}`, { cause: last })
}
