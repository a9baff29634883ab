import type { FleetCounts } from '@/lib/gateway/runtime/fleet-counts.ts'
import { healthReport } from '@/lib/gateway/runtime/health/health-report.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import {
  type CollectedMetric,
  counter,
  gauge,
  type MetricKey,
  type Sample,
} from '@/lib/gateway/stages/observe/collected-metric.ts'

type Services = () => readonly ServiceRuntime[]

/** What services' instances are doing: their states, who waits for them, what was repeated. */
export function fleetMetrics(services: Services): CollectedMetric[] {
  return [
    gauge('instanceReady', () => readiness(services)),
    gauge('instanceState', () => states(services)),
    gauge('panic', function* () {
      for (const { name, fleet } of services()) yield fleet.isPanicking ? [{ service: name }, 1] : null
    }),
    gauge('queueLength', function* () {
      for (const { name, fleet, concurrency } of services()) {
        yield concurrency === null ? null : [{ service: name }, fleet.waiting]
      }
    }),
    counted(services, 'ejections', 'reason', ({ ejections, pauses }) => ({
      connect: ejections.connect,
      timeout: ejections.timeout,
      server_error: ejections.serverError,
      asked_to_wait: pauses,
    })),
    counted(services, 'queueRefusals', 'reason', ({ queueRefusals: { full, timedOut } }) => ({
      full,
      timed_out: timedOut,
    })),
    counted(services, 'retries', 'outcome', ({ retries: { answered, failed, overBudget } }) => ({
      answered,
      failed,
      over_budget: overBudget,
    })),
  ]
}

function* readiness(services: Services): Generator<Sample | null> {
  for (const { name, instances } of services()) {
    for (const { id, state } of instances) {
      const { state: health } = healthReport(state)
      yield health === 'unknown' ? null : [{ service: name, instance: id }, health === 'ready' ? 1 : 0]
    }
  }
}

function* states(services: Services): Generator<Sample> {
  for (const { name, instances } of services()) {
    for (const { id, state } of instances) {
      yield [{ service: name, instance: id, state: healthReport(state).state }, 1]
    }
  }
}

function counted(
  services: Services,
  key: MetricKey,
  label: string,
  read: (counts: FleetCounts) => Record<string, number>,
): CollectedMetric {
  return counter(key, function* () {
    for (const { name, fleet } of services()) {
      if (fleet.countsSoFar === null) yield null
      else {
        for (const [value, count] of Object.entries(read(fleet.countsSoFar))) {
          yield [{ service: name, [label]: value }, count]
        }
      }
    }
  })
}
