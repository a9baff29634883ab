import { metricHelp, metricNames } from '@/lib/observability/metric-names.ts'

export type MetricKey = keyof typeof metricNames

/** The labels of one series and its value. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

/** A metric that is read when somebody asks, series by series. */
export interface CollectedMetric {
  readonly key: MetricKey
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** The lines of the page, one or some for each series; null where a series was looked at and has none. */
  lines(name: string): Iterable<string | null>
}

export function counter(key: MetricKey, read: () => Iterable<Sample | null>): CollectedMetric {
  return { key, type: 'counter', lines: (name) => sampleLines(name, read()) }
}

export function gauge(key: MetricKey, read: () => Iterable<Sample | null>): CollectedMetric {
  return { key, type: 'gauge', lines: (name) => sampleLines(name, read()) }
}

/** The lines above its series. */
export function headOf({ key, type }: CollectedMetric): string {
  return `# HELP ${metricNames[key]} ${metricHelp[key]}\n# TYPE ${metricNames[key]} ${type}\n`
}

function* sampleLines(name: string, samples: Iterable<Sample | null>): Generator<string | null> {
  for (const sample of samples) yield sample === null ? null : sampleLine(name, sample)
}

function sampleLine(name: string, [labels, value]: Sample): string {
  const pairs: string[] = []
  for (const label in labels) pairs.push(`${label}="${escaped(labels[label] ?? '')}"`)
  return pairs.length === 0 ? `${name} ${value}\n` : `${name}{${pairs.join(',')}} ${value}\n`
}

function escaped(value: string): string {
  return /["\\\n]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    : value
}
