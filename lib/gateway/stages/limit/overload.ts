/** How late the event loop has been, and the share of new requests that is refused for it. */
export interface Overload {
  /** Exponentially weighted mean of the delays. Milliseconds. */
  readonly delayMs: number
  /** Delays above the threshold in a row. */
  readonly lateSamples: number
  /** 0 to 1. */
  readonly share: number
}

export const calm: Overload = { delayMs: 0, lateSamples: 0, share: 0 }

/** Well above what a pause of the collector or a busy neighbour causes, well below what callers take for an outage. */
const thresholdMs = 250
const samplesToStart = 3
const shareStep = 0.1
/** Some always get through, or nobody would see that it is over. */
const shareMax = 0.9
const weight = 0.3

/**
 * One measurement further. Refusing starts when the loop was late by more than the threshold several times in a row,
 * grows as long as it stays so late, and ends when the mean delay is below half of the threshold.
 */
export function nextOverload(before: Overload, sampleMs: number): Overload {
  const delayMs = before.delayMs + weight * (sampleMs - before.delayMs)
  const isLate = sampleMs > thresholdMs
  const lateSamples = isLate ? before.lateSamples + 1 : 0
  return { delayMs, lateSamples, share: nextShare(before.share, delayMs, isLate, lateSamples) }
}

function nextShare(share: number, delayMs: number, isLate: boolean, lateSamples: number): number {
  if (share > 0 && delayMs < thresholdMs / 2) return 0
  if (!isLate || (share === 0 && lateSamples < samplesToStart)) return share
  return Math.min(shareMax, share + shareStep)
}
