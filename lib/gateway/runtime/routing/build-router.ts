import { IntentRouter } from '@/lib/gateway/runtime/routing/intent-router.ts'
import { MetricsRouter } from '@/lib/gateway/runtime/routing/metrics-router.ts'
import { ModelNameRouter } from '@/lib/gateway/runtime/routing/model-name-router.ts'
import type { ModelRouter, RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import { SingleRouter } from '@/lib/gateway/runtime/routing/single-router.ts'
import { TargetMetrics } from '@/lib/gateway/runtime/routing/target-metrics.ts'
import { WeightRouter } from '@/lib/gateway/runtime/routing/weight-router.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { ModelTarget, RoutingSnapshot } from '@/lib/snapshot/model-routing-snapshot.ts'

const windowMax = 10_000

/**
 * Prepares how an API chooses. `find` gives the target's service; `known` are the metrics of the same routing in the
 * snapshot before. Throws `SnapshotRefused` on a routing that could never choose.
 */
export function buildRouter(
  routing: RoutingSnapshot,
  find: (target: ModelTarget) => RoutedTarget,
  known: TargetMetrics | null,
): ModelRouter {
  switch (routing.mode) {
    case 'single':
      return new SingleRouter(find(routing.target))
    case 'model-name': {
      const rules = routing.rules.map(({ pattern, target }) => ({ pattern, target: find(target) }))
      return new ModelNameRouter(rules, routing.default && find(routing.default))
    }
    case 'weight': {
      const targets = routing.targets.map(({ weight, ...target }) => ({ ...find(target), weight }))
      const sum = targets.reduce((total, { weight }) => total + weight, 0)
      if (sum !== 100 || targets.some(({ weight }) => !Number.isInteger(weight) || weight < 0)) {
        throw new SnapshotRefused('The weights of a routing are no whole numbers that sum to 100.')
      }
      return new WeightRouter(targets)
    }
    case 'metrics': {
      const { objective, maxShare, window } = routing
      if (routing.targets.length === 0 || !(window >= 1 && window <= windowMax) || !(maxShare > 0)) {
        throw new SnapshotRefused('A routing by metrics has no targets, window or largest share.')
      }
      const metrics = known ?? new TargetMetrics(routing.targets.length, window)
      return new MetricsRouter(routing.targets.map(find), objective, maxShare, metrics)
    }
    case 'intent': {
      const targets = new Map<string, RoutedTarget>()
      for (const [intent, target] of Object.entries(routing.intents)) {
        if (target !== undefined) targets.set(intent, find(target))
      }
      return new IntentRouter(targets, find(routing.default))
    }
    default:
      throw new SnapshotRefused(
        `A routing has the mode ${String((routing as { mode: unknown }).mode)}, which this node does not know.`,
      )
  }
}
