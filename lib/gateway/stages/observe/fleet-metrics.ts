import type { Registry } from 'prom-client'
import type { FleetCounts } from '@/lib/gateway/runtime/fleet-counts.ts'
import { healthReport } from '@/lib/gateway/runtime/health/health-report.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import { counter, gauge, type MetricKey } from '@/lib/gateway/stages/observe/collected-metric.ts'

/** What services' instances are doing: their states, who waits for them, what was repeated. */
export function fleetMetrics(registry: Registry, services: () => readonly ServiceRuntime[]): void {
  gauge(registry, 'instanceReady', ['service', 'instance'], (set) => {
    for (const { name, instances } of services()) {
      for (const { id, state } of instances) {
        const { state: health } = healthReport(state)
        if (health !== 'unknown') set({ service: name, instance: id }, health === 'ready' ? 1 : 0)
      }
    }
  })
  gauge(registry, 'instanceState', ['service', 'instance', 'state'], (set) => {
    for (const { name, instances } of services()) {
      for (const { id, state } of instances) {
        set({ service: name, instance: id, state: healthReport(state).state }, 1)
      }
    }
  })
  gauge(registry, 'panic', ['service'], (set) => {
    for (const { name, fleet } of services()) if (fleet.isPanicking) set({ service: name }, 1)
  })
  gauge(registry, 'queueLength', ['service'], (set) => {
    for (const { name, fleet, concurrency } of services()) {
      if (concurrency !== null) set({ service: name }, fleet.waiting)
    }
  })
  const counted = (key: MetricKey, label: string, read: (counts: FleetCounts) => Record<string, number>) =>
    counter(registry, key, ['service', label], (add) => {
      for (const { name, fleet } of services()) {
        if (fleet.countsSoFar === null) continue
        for (const [value, count] of Object.entries(read(fleet.countsSoFar))) {
          add({ service: name, [label]: value }, count)
        }
      }
    })
  counted('ejections', 'reason', ({ ejections, pauses }) => ({
    connect: ejections.connect,
    timeout: ejections.timeout,
    server_error: ejections.serverError,
    asked_to_wait: pauses,
  }))
  counted('queueRefusals', 'reason', ({ queueRefusals: { full, timedOut } }) => ({
    full,
    timed_out: timedOut,
  }))
  counted('retries', 'outcome', ({ retries: { answered, failed, overBudget } }) => ({
    answered,
    failed,
    over_budget: overBudget,
  }))
}
