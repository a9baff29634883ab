/** The life of one supervised process as a pure function: what happened → what to do. */

export interface ProcessLife {
  readonly phase: 'idle' | 'running' | 'waiting' | 'pausing' | 'stopping' | 'stopped'
  /** Deaths in a row, each soon after its start. */
  readonly failures: number
  readonly startedAt: number
  /** Its configuration was good once, so no exit code condemns it any more. */
  readonly hasServed: boolean
}

export type ProcessEvent =
  | { readonly type: 'start'; readonly at: number }
  | { readonly type: 'ready' }
  | { readonly type: 'waited'; readonly at: number }
  | { readonly type: 'exited'; readonly at: number; readonly code: number | null }
  /** Another process that serves already has taken its place. */
  | { readonly type: 'replaced'; readonly at: number }
  /** It is to end, and to be started again by `start`. */
  | { readonly type: 'pause' }
  /** Its process is let go, to end in its own time; another may be started by `start`. */
  | { readonly type: 'retire' }
  | { readonly type: 'stop' }

export type ProcessEffect =
  | { readonly do: 'spawn' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'terminate' }
  /** The configuration is at fault: another start would end the same way. */
  | { readonly do: 'give-up' }

export interface BackOff {
  /** After the second death in a row; after the first, the process is started again at once. */
  readonly firstMs: number
  readonly maxMs: number
  /** A process that lived this long has not failed to start: the count begins anew. */
  readonly resetAfterMs: number
}

export const defaultBackOff: BackOff = { firstMs: 250, maxMs: 15_000, resetAfterMs: 60_000 }

/** What a child exits with when its configuration is wrong. */
export const configurationExitCode = 2

export const newLife: ProcessLife = { phase: 'idle', failures: 0, startedAt: 0, hasServed: false }

export function nextLife(
  life: ProcessLife,
  event: ProcessEvent,
  backOff: BackOff = defaultBackOff,
  random: () => number = Math.random,
): readonly [ProcessLife, ProcessEffect | null] {
  switch (event.type) {
    case 'start':
      return life.phase === 'idle' ? spawned(life, event.at) : [life, null]
    case 'ready':
      return [{ ...life, hasServed: true }, null]
    case 'waited':
      return life.phase === 'waiting' ? spawned(life, event.at) : [life, null]
    case 'replaced':
      return [{ phase: 'running', failures: 0, startedAt: event.at, hasServed: true }, null]
    case 'pause':
      if (life.phase === 'running') return [{ ...life, phase: 'pausing' }, { do: 'terminate' }]
      return [life.phase === 'waiting' ? paused(life) : life, null]
    case 'retire':
      return [life.phase === 'running' || life.phase === 'waiting' ? paused(life) : life, null]
    case 'stop':
      if (life.phase === 'running') return [{ ...life, phase: 'stopping' }, { do: 'terminate' }]
      if (life.phase === 'pausing') return [{ ...life, phase: 'stopping' }, null]
      return [life.phase === 'stopping' ? life : { ...life, phase: 'stopped' }, null]
    case 'exited':
      return afterExit(life, event, backOff, random)
  }
}

function spawned(life: ProcessLife, at: number): readonly [ProcessLife, ProcessEffect] {
  return [{ ...life, phase: 'running', startedAt: at }, { do: 'spawn' }]
}

function paused({ hasServed }: ProcessLife): ProcessLife {
  return { ...newLife, hasServed }
}

function afterExit(
  life: ProcessLife,
  event: { at: number; code: number | null },
  backOff: BackOff,
  random: () => number,
): readonly [ProcessLife, ProcessEffect | null] {
  if (life.phase === 'pausing') return [paused(life), null]
  if (life.phase !== 'running') return [{ ...life, phase: 'stopped' }, null]
  if (event.code === configurationExitCode && !life.hasServed)
    return [{ ...life, phase: 'stopped' }, { do: 'give-up' }]
  const failures = event.at - life.startedAt >= backOff.resetAfterMs ? 1 : life.failures + 1
  return [
    { ...life, phase: 'waiting', failures },
    { do: 'wait', ms: delayMs(failures, backOff, random) },
  ]
}

/** None after the first failure, then doubling; the jitter of a quarter keeps several nodes from returning in step. */
export function delayMs(failures: number, { firstMs, maxMs }: BackOff, random: () => number): number {
  if (failures <= 1) return 0
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 2, 30))
  return Math.round(full * (0.75 + 0.25 * random()))
}
