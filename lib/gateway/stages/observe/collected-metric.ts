import { Counter, Gauge, type Registry } from 'prom-client'
import { metricHelp, metricNames } from '@/lib/observability/metric-names.ts'

export type MetricKey = keyof typeof metricNames

/** Adds or sets one series. */
export type Write = (labels: Record<string, string>, value: number) => void

/** A counter that is read when somebody asks. */
export function counter(
  registry: Registry,
  key: MetricKey,
  labelNames: string[],
  read: (add: Write) => void,
): void {
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

/** A gauge that is read when somebody asks. */
export function gauge(
  registry: Registry,
  key: MetricKey,
  labelNames: string[],
  read: (set: Write) => void,
): void {
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
