import { healthReport } from '@/lib/gateway/runtime/health/health-report.ts'
import { instancesOf, type UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import {
  type CollectedMetric,
  counter,
  gauge,
  type MetricKey,
} from '@/lib/gateway/stages/observe/collected-metric.ts'
import type { ModelMeter } from '@/lib/gateway/stages/observe/model-meter.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'

type Services = () => readonly UpstreamServiceRuntime[]

/** What Model APIs are asked, and how the services behind them and their keys do. */
export function modelMetrics({ modelMeters, records }: Observer, services: Services): CollectedMetric[] {
  const summed = (key: MetricKey, read: (meter: ModelMeter) => number) =>
    counter(key, function* () {
      for (const meter of modelMeters.values()) yield [labelsOf(meter), read(meter)]
    })
  return [
    counter('modelRequests', function* () {
      for (const meter of modelMeters.values()) {
        for (const [status, count] of meter.byStatus) {
          yield [{ ...labelsOf(meter), status: String(status) }, count]
        }
      }
    }),
    counter('modelLimited', function* () {
      for (const meter of modelMeters.values()) {
        for (const [limit, count] of meter.limited) yield [{ ...labelsOf(meter), limit }, count]
      }
    }),
    summed('modelBytesIn', (meter) => meter.bytesIn),
    summed('modelBytesOut', (meter) => meter.bytesOut),
    summed('modelInputTokens', (meter) => meter.inputTokens),
    summed('modelOutputTokens', (meter) => meter.outputTokens),
    histogram(modelMeters, 'modelRequestSeconds', (meter) => meter.requestSeconds),
    histogram(modelMeters, 'modelFirstTokenSeconds', (meter) => meter.firstTokenSeconds),
    counter('droppedRecords', function* () {
      if (records !== null) yield [{}, records.dropped]
    }),
    gauge('upstreamState', function* () {
      for (const service of services()) {
        for (const { id, state } of instancesOf(service)) {
          yield [{ service: service.name, instance: id, state: healthReport(state).state }, 1]
        }
      }
    }),
    gauge('providerKeyState', function* () {
      for (const { name, provider } of services()) {
        for (const { state } of provider?.keys?.keys ?? []) {
          yield [{ service: name, key: state.id, state: state.report.state }, 1]
        }
      }
    }),
  ]
}

function labelsOf({ api, service }: ModelMeter): Readonly<Record<string, string>> {
  return { api, service }
}

function histogram(
  meters: ReadonlyMap<string, ModelMeter>,
  key: 'modelRequestSeconds' | 'modelFirstTokenSeconds',
  read: (meter: ModelMeter) => ModelMeter['requestSeconds'],
): CollectedMetric {
  return {
    key,
    type: 'histogram',
    *lines(name) {
      for (const meter of meters.values()) {
        const labels = `api="${meter.api}",service="${meter.service}"`
        yield `${read(meter).lines(name, labels).join('\n')}\n`
      }
    },
  }
}
