import type { MetricsObjective, TargetMetrics } from './target-metrics.ts'

/**
 * The target with the least of what is to be least, as long as it has less than the largest share of the last calls.
 * Begins at a random one, so that equals take turns.
 */
export function chooseByMetrics(
  metrics: TargetMetrics,
  objective: MetricsObjective,
  maxShare: number,
  now: number,
): number {
  const { size } = metrics
  const isFull = (index: number) => maxShare < 1 && metrics.shareOf(index) >= maxShare
  let chosen = Math.floor(Math.random() * size)
  for (let step = 1, other = chosen; step < size; step += 1) {
    other = (other + 1) % size
    const isBetter = metrics.measure(other, objective, now) < metrics.measure(chosen, objective, now)
    if (!isFull(other) && (isBetter || isFull(chosen))) chosen = other
  }
  return chosen
}
