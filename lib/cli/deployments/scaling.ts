/** How many node processes a gateway has for its load, as a pure function: what was, what is measured → what is wanted. */

export interface ScalingPolicy {
  /** The share of a core that a node is meant to use at most. Where it is more, one node is added. */
  readonly busyShare: number
  /** A node goes where those that remain would use less than this. Lower than `busyShare`, or it would come again. */
  readonly calmShare: number
  /** Load is a mean over this time before a node is added; and a longer one before one goes. */
  readonly growWindowMs: number
  readonly shrinkWindowMs: number
  /** The least time between a change and the next, so that its effect is measured first. */
  readonly growPauseMs: number
  readonly shrinkPauseMs: number
}

export const defaultScalingPolicy: ScalingPolicy = {
  busyShare: 0.7,
  calmShare: 0.45,
  growWindowMs: 10_000,
  shrinkWindowMs: 180_000,
  growPauseMs: 15_000,
  shrinkPauseMs: 60_000,
}

export interface Scaling {
  /** Node processes that are wanted. */
  readonly nodes: number
  readonly changedAt: number
  /** Oldest first, none older than the longer window. */
  readonly samples: readonly LoadSample[]
}

export interface LoadSample {
  readonly at: number
  /** Cores that the gateway's nodes use, all together. */
  readonly cores: number
}

export interface ScalingInput extends LoadSample {
  /** Nodes that serve. While one that is wanted does not yet, nothing is decided. */
  readonly serving: number
  readonly min: number
  readonly max: number
}

export function newScaling(nodes: number, at: number): Scaling {
  return { nodes, changedAt: at, samples: [] }
}

export function nextScaling(scaling: Scaling, input: ScalingInput, policy: ScalingPolicy): Scaling {
  const { at, cores, serving, min, max } = input
  const samples = [
    ...scaling.samples.filter((sample) => sample.at > at - policy.shrinkWindowMs),
    { at, cores },
  ]
  const bounded = Math.min(max, Math.max(min, scaling.nodes))
  if (bounded !== scaling.nodes) return { nodes: bounded, changedAt: at, samples }
  const measured = { ...scaling, samples }
  if (min === max || serving < scaling.nodes) return measured
  const step = stepOf(measured, at, policy)
  const nodes = Math.min(max, Math.max(min, scaling.nodes + step))
  return nodes === scaling.nodes ? measured : { nodes, changedAt: at, samples }
}

/** One up, one down, or none. */
function stepOf({ nodes, changedAt, samples }: Scaling, at: number, policy: ScalingPolicy): -1 | 0 | 1 {
  const sinceChange = at - changedAt
  const now = mean(samples, at - Math.min(policy.growWindowMs, sinceChange))
  if (sinceChange >= policy.growPauseMs && covers(samples, at - policy.growWindowMs)) {
    if (nodesFor(now, policy.busyShare) > nodes) return 1
  }
  if (sinceChange >= policy.shrinkPauseMs && covers(samples, at - policy.shrinkWindowMs)) {
    // Both: a load that rises right now is no time to let a node go.
    const cores = Math.max(now, mean(samples, at - policy.shrinkWindowMs))
    if (nodesFor(cores, policy.calmShare) < nodes) return -1
  }
  return 0
}

/** Nodes that carry this many cores of load at this share of a core each. */
function nodesFor(cores: number, share: number): number {
  return Math.max(1, Math.ceil(cores / share))
}

function mean(samples: readonly LoadSample[], from: number): number {
  const counted = samples.filter(({ at }) => at > from)
  return counted.reduce((sum, { cores }) => sum + cores, 0) / Math.max(1, counted.length)
}

/** Samples come about once a second, so the oldest of a whole window is that much younger than it. */
const sampleGapMs = 2_000

function covers(samples: readonly LoadSample[], from: number): boolean {
  const oldest = samples[0]
  return oldest !== undefined && oldest.at <= from + sampleGapMs
}
