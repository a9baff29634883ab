import {
  type CollectedMetric,
  counter,
  gauge,
  type MetricKey,
} from '@/lib/gateway/stages/observe/collected-metric.ts'
import type { NlbMeter } from '@/lib/gateway/stages/observe/nlb-meter.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'

/** What goes past the HTTP listeners: connections of layer 4, and registrations in Nacos. */
export function directMetrics(observer: Observer): CollectedMetric[] {
  return [...nlbMetrics(observer), ...nacosMetrics(observer)]
}

function nlbMetrics({ nlbMeters }: Observer): CollectedMetric[] {
  const byPort = (kind: typeof counter, key: MetricKey, read: (meter: NlbMeter) => number) =>
    kind(key, function* () {
      for (const [port, meter] of nlbMeters) yield [{ port: String(port) }, read(meter)]
    })
  return [
    byPort(gauge, 'nlbOpen', (meter) => meter.open),
    counter('nlbConnections', function* () {
      for (const [port, meter] of nlbMeters) {
        for (const [outcome, count] of meter.byOutcome) yield [{ port: String(port), outcome }, count]
      }
    }),
    byPort(counter, 'nlbBytesIn', (meter) => meter.bytesIn),
    byPort(counter, 'nlbBytesOut', (meter) => meter.bytesOut),
  ]
}

function nacosMetrics({ nacosMeters }: Observer): CollectedMetric[] {
  return [
    gauge('nacosInstances', function* () {
      for (const { service, registration, wanted, registered } of nacosMeters.values()) {
        yield [{ service, registration, state: 'wanted' }, wanted]
        yield [{ service, registration, state: 'registered' }, registered]
      }
    }),
    gauge('nacosUp', function* () {
      for (const { service, registration, isUp } of nacosMeters.values()) {
        yield [{ service, registration }, isUp ? 1 : 0]
      }
    }),
    counter('nacosFailures', function* () {
      for (const { service, registration, failures } of nacosMeters.values()) {
        for (const [reason, count] of failures) yield [{ service, registration, reason }, count]
      }
    }),
  ]
}
