import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Engine } from '@/lib/gateway/handle-request.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import type { ServiceMeter } from '@/lib/gateway/stages/observe/service-meter.ts'
import { metricHelp, metricNames } from '@/lib/observability/metric-names.ts'

/** Whether the counters that nodes share can be reached. */
export interface CounterState {
  readonly isAway: boolean
  readonly timesAway: number
}

type MetricKey = keyof typeof metricNames

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
  gauge(registry, 'instanceReady', ['service', 'instance'], (set) => {
    for (const service of runtimes.current?.services ?? []) {
      for (const { id, state } of service.instances) {
        if (state.health.state === 'unknown') continue
        set({ service: service.name, instance: id }, state.health.state === 'ready' ? 1 : 0)
      }
    }
  })
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

type Write = (labels: Record<string, string>, value: number) => void

function counter(registry: Registry, key: MetricKey, labelNames: string[], read: (add: Write) => void): void {
  new Counter({
    name: metricNames[key],
    help: metricHelp[key],
    labelNames,
    registers: [registry],
    collect() {
      this.reset()
      read((labels, value) => this.inc(labels, value))
    },
  })
}

function gauge(registry: Registry, key: MetricKey, labelNames: string[], read: (set: Write) => void): void {
  new Gauge({
    name: metricNames[key],
    help: metricHelp[key],
    labelNames,
    registers: [registry],
    collect() {
      this.reset()
      read((labels, value) => this.set(labels, value))
    },
  })
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
