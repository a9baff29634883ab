import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Caller } from '@/lib/gateway/stages/authorize/caller.ts'
import type { RateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/** A permit may be gone again when its turn comes; whoever found none so often is refused. */
const waitsMax = 4

const count = new Intl.NumberFormat('en-US')
const sentences = {
  token: (most: string) => `This token may send ${most} requests per second.`,
  service: (most: string) => `This service takes ${most} requests per second.`,
  gateway: (most: string) => `This gateway takes ${most} requests per second over all its services.`,
} as const

/**
 * Checks the limits of token, service and gateway, then counts in all of them: what one refuses costs the others
 * nothing. Null when the request may go on, which is nearly always; a promise while permits are fetched that several
 * processes share.
 */
export function limit(
  runtime: Runtime,
  route: Route,
  caller: Caller,
  observation: Observation,
  clock: Clock,
  now: number,
): Promise<void> | null {
  const token = caller.rateLimit
  const service = route.service.rateLimit
  const gateway = runtime.rateLimit
  if (token === null && service === null && gateway === null) return null
  const unknown = pass(token, service, gateway, observation, now)
  return unknown === null ? null : wait(token, service, gateway, observation, clock)
}

/** The same where there is neither token nor service: a request to a Model API. */
export function limitGateway(
  { rateLimit }: Runtime,
  observation: Observation,
  clock: Clock,
  now: number,
): Promise<void> | null {
  if (rateLimit === null || pass(null, null, rateLimit, observation, now) === null) return null
  return wait(null, null, rateLimit, observation, clock)
}

/** Counts the request everywhere; or nowhere, and gives a limit that does not know yet. */
function pass(
  token: RateLimit | null,
  service: RateLimit | null,
  gateway: RateLimit | null,
  observation: Observation,
  now: number,
): RateLimit | null {
  let unknown: RateLimit | null = null
  if (token !== null && !isReady(token, observation, now)) unknown = token
  if (service !== null && !isReady(service, observation, now)) unknown = service
  if (gateway !== null && !isReady(gateway, observation, now)) unknown = gateway
  if (unknown !== null) return unknown
  token?.window.take(now)
  service?.window.take(now)
  gateway?.window.take(now)
  return null
}

function isReady(limited: RateLimit, observation: Observation, now: number): boolean {
  const verdict = limited.window.check(limited.requestsPerSecond, now)
  if (verdict === 'exhausted') throw refused(limited, observation, now)
  return verdict === 'ready'
}

async function wait(
  token: RateLimit | null,
  service: RateLimit | null,
  gateway: RateLimit | null,
  observation: Observation,
  clock: Clock,
): Promise<void> {
  for (let waits = 1; ; waits++) {
    const now = clock.now()
    await Promise.all([refill(token, now), refill(service, now), refill(gateway, now)])
    const unknown = pass(token, service, gateway, observation, clock.now())
    if (unknown === null) return
    if (waits === waitsMax) throw refused(unknown, observation, clock.now())
  }
}

function refill(limited: RateLimit | null, now: number): Promise<void> | null {
  if (limited === null) return null
  const { window, requestsPerSecond } = limited
  return window.check(requestsPerSecond, now) === 'unknown' ? window.refill(requestsPerSecond, now) : null
}

function refused(limited: RateLimit, observation: Observation, now: number): GatewayError {
  const { kind, requestsPerSecond, window } = limited
  observation.limitedBy = kind
  const seconds = Math.max(1, Math.ceil(window.retryAfterMs(now) / 1_000))
  const sentence = sentences[kind](count.format(requestsPerSecond))
  return refusal('rate_limited', `${sentence} Try again in ${seconds} s.`, seconds)
}
