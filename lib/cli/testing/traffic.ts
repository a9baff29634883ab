import { setTimeout as pause } from 'node:timers/promises'
import { Agent, type Dispatcher, Pool } from 'undici'

export interface StreamOutcome {
  /** 0: the connection failed before there was an answer. */
  readonly status: number
  readonly events: number
  /** Every event in order without a gap, and the last one came. */
  readonly isWhole: boolean
  readonly error: string | null
}

export interface OpenStreams {
  /** Streams whose answer has begun. */
  begun(): number
  readonly outcomes: Promise<readonly StreamOutcome[]>
}

/** Opens that many streams of numbered events, which end with `end`. */
export function openStreams(url: string, count: number, headers: Record<string, string>): OpenStreams {
  const agent = new Agent({ connections: null, bodyTimeout: 0, headersTimeout: 60_000 })
  let begun = 0
  const one = async (): Promise<StreamOutcome> => {
    const seen = { status: 0, events: 0, text: '' }
    try {
      const answer = await agent.request({ ...target(url), method: 'GET', headers })
      seen.status = answer.statusCode
      begun += 1
      for await (const chunk of answer.body) seen.text += chunk
      const isWhole = seen.status === 200 && isInOrder(seen.text)
      return { status: seen.status, events: eventsOf(seen.text).length, isWhole, error: null }
    } catch (error) {
      return { status: seen.status, events: eventsOf(seen.text).length, isWhole: false, error: codeOf(error) }
    }
  }
  const outcomes = Promise.all(Array.from({ length: count }, one)).finally(() => agent.destroy())
  return { begun: () => begun, outcomes }
}

export interface SteadyRequests {
  /** `200`, `503 not_configured`, `ECONNRESET`, … and how many there were. */
  readonly counts: ReadonlyMap<string, number>
  answered(): number
  /** The longest wait for an answer, milliseconds. */
  slowest(): number
  /** On the clock of `performance`; null while all went well. */
  lastFailureAt(): number | null
  stop(): Promise<ReadonlyMap<string, number>>
}

/** That many callers, each of whom asks again once it has its answer, after a pause if one is given. None retries. */
export function startRequests(
  url: string,
  options: { callers: number; headers: Record<string, string>; pauseMs?: number; body?: string },
): SteadyRequests {
  const { callers, headers, pauseMs = 0, body = 'x' } = options
  const { origin, path } = target(url)
  const pool = new Pool(origin, { connections: callers, pipelining: 1, headersTimeout: 60_000 })
  const counts = new Map<string, number>()
  let isRunning = true
  let answered = 0
  let slowest = 0
  let lastFailureAt: number | null = null
  const caller = async () => {
    while (isRunning) {
      const begun = performance.now()
      const outcome = await outcomeOf(pool, { path, method: 'POST', headers, body })
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
      if (outcome !== '200') lastFailureAt = performance.now()
      slowest = Math.max(slowest, performance.now() - begun)
      answered += 1
      if (pauseMs > 0) await pause(pauseMs)
    }
  }
  const all = Promise.all(Array.from({ length: callers }, caller))
  return {
    counts,
    answered: () => answered,
    slowest: () => slowest,
    lastFailureAt: () => lastFailureAt,
    async stop() {
      isRunning = false
      await all
      await pool.destroy()
      return counts
    },
  }
}

async function outcomeOf(pool: Pool, request: Dispatcher.RequestOptions): Promise<string> {
  try {
    const { statusCode, body } = await pool.request(request)
    const code = /"code":\s*"(\w+)"/.exec(await body.text())?.[1]
    return code === undefined ? String(statusCode) : `${statusCode} ${code}`
  } catch (error) {
    return codeOf(error)
  }
}

/** What broke, as the system or the client names it. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}

function eventsOf(text: string): string[] {
  return text.split('\n\n').filter((event) => event !== '')
}

function isInOrder(text: string): boolean {
  const events = eventsOf(text)
  return (
    events.at(-1) === 'data: end' && events.slice(0, -1).every((event, index) => event === `data: ${index}`)
  )
}

function target(url: string): { origin: string; path: string } {
  const { origin, pathname } = new URL(url)
  return { origin, path: pathname }
}
