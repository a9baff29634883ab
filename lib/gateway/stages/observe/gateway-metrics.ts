import { setImmediate as nextTurn } from 'node:timers/promises'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Engine } from '@/lib/gateway/handle-request.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import {
  type CollectedMetric,
  counter,
  gauge,
  headOf,
  type MetricKey,
  type Sample,
} from '@/lib/gateway/stages/observe/collected-metric.ts'
import { directMetrics } from '@/lib/gateway/stages/observe/direct-metrics.ts'
import { fleetMetrics } from '@/lib/gateway/stages/observe/fleet-metrics.ts'
import { modelMetrics } from '@/lib/gateway/stages/observe/model-metrics.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import type { ServiceMeter } from '@/lib/gateway/stages/observe/service-meter.ts'
import { metricNames } from '@/lib/observability/metric-names.ts'

/** Whether the counters that nodes share can be reached. */
export interface CounterState {
  readonly isAway: boolean
  readonly timesAway: number
}

/** A page of thousands of services is made while requests are served. */
const turnMs = 1
const pieceCharacters = 65_536

/** The node's Prometheus page in pieces. Everything is read from plain counters when somebody asks. */
export function createGatewayMetrics(
  { observer, runtimes, overload }: Engine,
  counters: CounterState | null,
): () => AsyncGenerator<string> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const metrics = [
    ...requestMetrics(observer),
    ...loadMetrics(overload, counters),
    gauge('openRequests', () => one(observer.openRequests)),
    gauge('snapshotRevision', () => one(runtimes.current?.revision ?? 0)),
    ...fleetMetrics(() => runtimes.current?.services ?? []),
    ...modelMetrics(observer, () => runtimes.current?.upstreamServices ?? []),
    ...directMetrics(observer),
    histogram(observer, 'requestSeconds'),
    histogram(observer, 'firstByteSeconds'),
  ]
  return async function* () {
    yield `${await registry.metrics()}\n`
    yield* pageOf(metrics)
  }
}

async function* pageOf(metrics: readonly CollectedMetric[]): AsyncGenerator<string> {
  let piece = ''
  let turnEnd = performance.now() + turnMs
  for (const metric of metrics) {
    piece += headOf(metric)
    for (const lines of metric.lines(metricNames[metric.key])) {
      if (lines !== null) piece += lines
      if (piece.length >= pieceCharacters) {
        yield piece
        piece = ''
      }
      if (performance.now() < turnEnd) continue
      await nextTurn()
      turnEnd = performance.now() + turnMs
    }
  }
  yield piece
}

function requestMetrics({ meters, errorsByCode }: Observer): CollectedMetric[] {
  const serviceCounter = (key: MetricKey, read: (meter: ServiceMeter) => number) =>
    counter(key, function* () {
      for (const [service, meter] of meters) yield [{ service }, read(meter)]
    })
  return [
    counter('requests', function* () {
      for (const [service, meter] of meters) {
        for (const [status, count] of meter.byStatus) yield [{ service, status: String(status) }, count]
      }
    }),
    counter('grpcCalls', function* () {
      for (const [service, meter] of meters) {
        for (const [status, count] of meter.byGrpcStatus) {
          yield [{ service, grpc_status: String(status) }, count]
        }
      }
    }),
    counter('errors', function* () {
      for (const [code, count] of errorsByCode) yield [{ code }, count]
    }),
    counter('limitedRequests', function* () {
      for (const [service, meter] of meters) {
        for (const [limit, count] of meter.limited) yield [{ service, limit }, count]
      }
    }),
    serviceCounter('bytesIn', (meter) => meter.bytesIn),
    serviceCounter('bytesOut', (meter) => meter.bytesOut),
    serviceCounter('inputTokens', (meter) => meter.inputTokens),
    serviceCounter('outputTokens', (meter) => meter.outputTokens),
  ]
}

function loadMetrics(overload: OverloadGuard, counters: CounterState | null): CollectedMetric[] {
  return [
    counter('shedRequests', () =>
      Object.entries(overload.shed).map(([reason, count]) => [{ reason }, count]),
    ),
    gauge('eventLoopDelay', () => one(overload.delayMs / 1_000)),
    gauge('countersAway', () => one(counters?.isAway === true ? 1 : 0)),
    counter('countersAwayTimes', () => one(counters?.timesAway ?? 0)),
  ]
}

function histogram({ meters }: Observer, key: 'requestSeconds' | 'firstByteSeconds'): CollectedMetric {
  return {
    key,
    type: 'histogram',
    *lines(name) {
      for (const [service, meter] of meters)
        yield `${meter[key].lines(name, `service="${service}"`).join('\n')}\n`
    },
  }
}

function one(value: number): readonly Sample[] {
  return [[{}, value]]
}
