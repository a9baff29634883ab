import type { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { InstanceHealthReport } from '@/lib/snapshot/node-report.ts'

const reasonLengthMax = 300
const servesAllTheSame = '; serves all the same, because too few others are fit'

/** One state out of two sources: what the checks say, and what traffic says of an instance that the checks let pass. */
export function healthReport(state: InstanceState): InstanceHealthReport {
  const { health, verdict } = state
  const shared = { instanceId: state.id, until: null, checkedAt: health.checkedAt }
  if (health.state === 'unready') {
    return { ...shared, state: 'unready', reason: cut(health.reason), since: health.since }
  }
  if (verdict.phase !== 'fit') {
    const reason = `${verdict.reason ?? ''}${state.gate === 'open' ? servesAllTheSame : ''}`
    const { phase, since, until } = verdict
    return { ...shared, state: phase, reason: cut(reason), since, until }
  }
  const isKnown = health.state === 'ready' || verdict.isProven
  return {
    ...shared,
    state: isKnown ? 'ready' : 'unknown',
    reason: null,
    since: Math.max(health.since, verdict.since),
  }
}

function cut(reason: string | null): string | null {
  return reason === null || reason === '' ? null : reason.slice(0, reasonLengthMax)
}
