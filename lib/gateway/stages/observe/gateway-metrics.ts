import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Engine } from '@/lib/gateway/handle-request.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { counter, gauge, type MetricKey } from '@/lib/gateway/stages/observe/collected-metric.ts'
import { fleetMetrics } from '@/lib/gateway/stages/observe/fleet-metrics.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import type { ServiceMeter } from '@/lib/gateway/stages/observe/service-meter.ts'
import { metricHelp, metricNames } from '@/lib/observability/metric-names.ts'

/** Whether the counters that nodes share can be reached. */
export interface CounterState {
  readonly isAway: boolean
  readonly timesAway: number
}

/** The node's Prometheus page. Everything is read from plain counters when somebody asks. */
export function createGatewayMetrics(
  { observer, runtimes, overload }: Engine,
  counters: CounterState | null,
): () => Promise<string> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const serviceCounter = (key: MetricKey, read: (meter: ServiceMeter) => number) =>
    counter(registry, key, ['service'], (add) => {
      for (const [service, meter] of observer.meters) add({ service }, read(meter))
    })
  counter(registry, 'requests', ['service', 'status'], (add) => {
    for (const [service, meter] of observer.meters) {
      for (const [status, count] of meter.byStatus) add({ service, status: String(status) }, count)
    }
  })
  counter(registry, 'errors', ['code'], (add) => {
    for (const [code, count] of observer.errorsByCode) add({ code }, count)
  })
  counter(registry, 'limitedRequests', ['service', 'limit'], (add) => {
    for (const [service, meter] of observer.meters) {
      for (const [limit, count] of meter.limited) add({ service, limit }, count)
    }
  })
  loadMetrics(registry, overload, counters)
  serviceCounter('bytesIn', (meter) => meter.bytesIn)
  serviceCounter('bytesOut', (meter) => meter.bytesOut)
  serviceCounter('inputTokens', (meter) => meter.inputTokens)
  serviceCounter('outputTokens', (meter) => meter.outputTokens)
  gauge(registry, 'openRequests', [], (set) => set({}, observer.openRequests))
  gauge(registry, 'snapshotRevision', [], (set) => set({}, runtimes.current?.revision ?? 0))
  fleetMetrics(registry, () => runtimes.current?.services ?? [])
  return async () => `${await registry.metrics()}${histograms(observer)}`
}

function loadMetrics(registry: Registry, overload: OverloadGuard, counters: CounterState | null): void {
  counter(registry, 'shedRequests', ['reason'], (add) => {
    for (const [reason, count] of Object.entries(overload.shed)) add({ reason }, count)
  })
  gauge(registry, 'eventLoopDelay', [], (set) => set({}, overload.delayMs / 1_000))
  gauge(registry, 'countersAway', [], (set) => set({}, counters?.isAway === true ? 1 : 0))
  counter(registry, 'countersAwayTimes', [], (add) => add({}, counters?.timesAway ?? 0))
}

function histograms(observer: Observer): string {
  const lines: string[] = []
  for (const key of ['requestSeconds', 'firstByteSeconds'] as const) {
    lines.push(`# HELP ${metricNames[key]} ${metricHelp[key]}`, `# TYPE ${metricNames[key]} histogram`)
    for (const [service, meter] of observer.meters) {
      lines.push(...meter[key].lines(metricNames[key], `service="${service}"`))
    }
  }
  return `${lines.join('\n')}\n`
}
