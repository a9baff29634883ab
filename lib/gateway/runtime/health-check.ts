import { failureReason } from '@/lib/gateway/runtime/health/failure-reason.ts'
import type { Health, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import { askGrpcHealth, grpcHealthPath } from '@/lib/gateway/upstream/grpc-health.ts'
import { requestStatus } from '@/lib/gateway/upstream/request-status.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { HealthCheck } from '@/lib/snapshot/instance-policies.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

export interface CheckTarget {
  readonly state: InstanceState
  readonly pool: UpstreamPool
  readonly basePath: string
  readonly check: HealthCheck
  readonly upstreamHttp: InferenceServiceSnapshot['upstreamHttp']
}

const jitterShare = 0.1
const probeHeaders = ['user-agent', 'switchyard-health-check', 'accept', '*/*']

/** Checks one instance again and again until stopped. The result lives in the instance's state. */
export function startHealthCheck(
  target: CheckTarget,
  clock: Clock,
  onChange: (before: Health) => void,
  firstAfterMs = 0,
): () => void {
  const stopped = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let streak = 0

  const run = async () => {
    const failure = await probe(target, stopped.signal)
    if (stopped.signal.aborted) return
    const { state } = target
    // Positive streaks count successes, negative ones failures.
    streak = failure === null ? Math.max(streak, 0) + 1 : Math.min(streak, 0) - 1
    const before = state.health
    state.health = nextHealth(before, streak, failure, target.check, clock.now())
    if (before.state !== state.health.state || before.reason !== state.health.reason) onChange(before)
    const jitter = 1 + (Math.random() * 2 - 1) * jitterShare
    timer = setTimeout(run, target.check.intervalMs * jitter)
    timer.unref()
  }
  if (firstAfterMs > 0) timer = setTimeout(run, firstAfterMs).unref()
  else void run()
  return () => {
    stopped.abort()
    clearTimeout(timer)
  }
}

/** Pure: what a streak of results makes of the health there was. */
export function nextHealth(
  before: Health,
  streak: number,
  failure: string | null,
  check: Pick<HealthCheck, 'healthyAfter' | 'unhealthyAfter'>,
  now: number,
): Health {
  if (failure === null) {
    if (before.state === 'ready' || streak < check.healthyAfter) return { ...before, checkedAt: now }
    return { state: 'ready', reason: null, since: now, checkedAt: now }
  }
  if (before.state === 'unready') return { ...before, reason: failure, checkedAt: now }
  if (-streak < check.unhealthyAfter) return { ...before, checkedAt: now }
  return { state: 'unready', reason: failure, since: now, checkedAt: now }
}

/** Null when the instance answered 200 to 399, or that it serves in gRPC's health protocol; else why not, in words that are safe to show. */
async function probe(target: CheckTarget, stopped: AbortSignal): Promise<string | null> {
  const timedOut = AbortSignal.timeout(target.check.timeoutMs)
  const { check, pool } = target
  const path = target.basePath + check.path
  const signal = AbortSignal.any([timedOut, stopped])
  try {
    if (check.path === grpcHealthPath) return await askGrpcHealth(pool.http2, path, probeHeaders, signal)
    const upstream = target.upstreamHttp === '2' ? pool.http2 : pool.http1
    const status = await requestStatus(upstream, { path, headers: probeHeaders }, signal)
    return status >= 200 && status < 400 ? null : `Answered ${status}`
  } catch (error) {
    if (timedOut.aborted) return `No answer within ${check.timeoutMs} ms`
    return failureReason(error, 'The check failed')
  }
}
