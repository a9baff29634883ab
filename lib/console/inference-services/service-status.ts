import type { InferenceService, InstanceHealthState, ServiceStatus } from '@/lib/domain/inference-service.ts'

export interface InstanceSight {
  readonly url: string
  readonly weight: number
  readonly state: InstanceHealthState
  readonly reason: string | null
  readonly since: Date | null
}

export interface StatusFacts {
  readonly running: boolean
  readonly version: number
  readonly updatedAt: Date
  readonly checked: boolean
  readonly instances: readonly InstanceSight[]
  /** Revision of the gateway in which this service last changed. */
  readonly revision: number
  /** What each live node of the gateway serves; empty when none is alive. */
  readonly nodeRevisions: readonly (number | null)[]
  /** Why a node would not take the newest revision. */
  readonly refusedReason: string | null
}

type Status = InferenceService['status']

/** What the service is, as against what its owner wished. A change counts once every live node serves it. */
export function serviceStatus(facts: StatusFacts): Status {
  const { running, nodeRevisions, updatedAt } = facts
  if (nodeRevisions.length === 0) {
    if (!running) return status('stopped', updatedAt)
    return status('failed', updatedAt, { cause: 'No node of the gateway is running.' })
  }
  if (nodeRevisions.some((applied) => (applied ?? 0) < facts.revision)) return publishing(facts)
  if (!running) return status('stopped', updatedAt)
  return byHealth(facts)
}

function publishing({ running, version, updatedAt, refusedReason }: StatusFacts): Status {
  const state = !running ? 'stopping' : version === 1 ? 'creating' : 'updating'
  return status(state, updatedAt, { cause: refusedReason, step: 'Publishing to nodes' })
}

function byHealth({ instances, checked, version, updatedAt }: StatusFacts): Status {
  const taking = instances.filter((instance) => instance.weight > 0)
  if (instances.length === 0) {
    return status('failed', updatedAt, { cause: 'No instance is listed: every call gets 503.' })
  }
  if (taking.length === 0) {
    return status('failed', updatedAt, { cause: 'No instance takes requests: every weight is 0.' })
  }
  // Without checks, "unready" is what was seen before they were switched off.
  const unready = checked ? taking.filter((instance) => instance.state === 'unready') : []
  const out = taking.filter((instance) => outOfTraffic[instance.state] !== undefined)
  const first = unready[0] ?? out[0]
  if (first !== undefined) {
    // Traffic never puts the last instance out, so only checks can fail a service.
    const state = unready.length === taking.length ? 'failed' : 'degraded'
    return status(state, first.since ?? updatedAt, { cause: causeOf(first) })
  }
  if (!checked) return status('running', updatedAt)
  if (taking.every((instance) => instance.state === 'unknown')) {
    return status(version === 1 ? 'creating' : 'updating', updatedAt, {
      step: 'Waiting for the first health check',
    })
  }
  return status('running', latest(taking, updatedAt))
}

/** States that traffic, not a check, put an instance into. */
const outOfTraffic: Partial<Record<InstanceHealthState, string>> = {
  ejected: 'is ejected after failures in traffic',
  paused: 'asked for a pause',
  probing: 'is being tried again after an ejection',
}

function causeOf({ url, state, reason }: InstanceSight): string {
  const what = outOfTraffic[state]
  if (what !== undefined) return reason === null ? `${url} ${what}.` : `${url} ${what}: ${reason}`
  return reason === null ? `${url} is not ready.` : `${url}: ${reason}`
}

function latest(instances: readonly InstanceSight[], updatedAt: Date): Date {
  const times = instances.flatMap(({ since }) => (since === null ? [] : [since.getTime()]))
  return times.length === 0 ? updatedAt : new Date(Math.max(...times))
}

function status(
  state: ServiceStatus,
  since: Date,
  { cause = null, step = null }: { cause?: string | null; step?: string | null } = {},
): Status {
  return { state, cause, step, since: since.toISOString() }
}
