import type { PassiveHealth } from '@/lib/snapshot/instance-policies.ts'

/** The classes of failure that a policy counts one by one. */
export type FailureClass = keyof PassiveHealth['on']

/** What traffic has taught about an instance. Replaced as a whole, never changed. */
export interface Verdict {
  /** `probing`: one request at a time, and its outcome decides. */
  readonly phase: 'fit' | 'ejected' | 'probing' | 'paused'
  /** In one line, safe to show; null while fit. */
  readonly reason: string | null
  /** Milliseconds since the epoch. */
  readonly since: number
  /** When an ejection or a pause ends; null otherwise. */
  readonly until: number | null
  /** How long the last ejection lasted, as long as it makes the next one longer; 0 without. */
  readonly ejectedMs: number
  /** A probe has shown that it answers. */
  readonly isProven: boolean
}

export function fitFrom(now: number): Verdict {
  return { phase: 'fit', reason: null, since: now, until: null, ejectedMs: 0, isProven: false }
}

/** Each ejection lasts twice as long as the one before, unless the instance was fit for a good while in between. */
export function eject(before: Verdict, policy: PassiveHealth, reason: string, now: number): Verdict {
  const isForgiven =
    before.phase === 'fit' && now - before.since >= Math.max(before.ejectedMs, policy.windowMs)
  const doubled = isForgiven ? 0 : before.ejectedMs * 2
  const ejectedMs = Math.min(Math.max(doubled, policy.ejectMs), policy.ejectMsMax)
  return { phase: 'ejected', reason, since: now, until: now + ejectedMs, ejectedMs, isProven: false }
}

/** A further request to rest never shortens the one there is. */
export function pause(before: Verdict, ms: number, reason: string, now: number): Verdict {
  const { ejectedMs, isProven } = before
  const until = now + ms
  if (before.phase !== 'paused') return { phase: 'paused', reason, since: now, until, ejectedMs, isProven }
  return until <= (before.until ?? 0) ? before : { ...before, reason, until }
}

/** The time is over: an ejected instance must prove itself, a paused one kept its promise. */
export function whenDue(before: Verdict, now: number): Verdict {
  if (before.phase === 'ejected') return { ...before, phase: 'probing', since: now, until: null }
  if (before.phase === 'paused') return { ...before, phase: 'fit', reason: null, since: now, until: null }
  return before
}

/** The probe was answered. */
export function recover(before: Verdict, now: number): Verdict {
  return { ...before, phase: 'fit', reason: null, since: now, until: null, isProven: true }
}
