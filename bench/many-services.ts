import { type Contestant, runThroughput, type Throughput, takeTurns } from './contest.ts'
import type { Load } from './load.ts'
import { fillCount, fillName } from './peers/bench-snapshot.ts'
import { chatPath } from './peers/peer.ts'
import type { SwitchyardNode } from './peers/switchyard.ts'
import type { Plan } from './plan.ts'
import { summariseRounds, type ThroughputSummary } from './summaries.ts'

export interface ServicesRow {
  readonly name: string
  readonly services: number
  /** How many of them are called, in turn. */
  readonly called: number
  readonly throughput: ThroughputSummary
  /** Of the requests per CPU-second against the first row, in percent; negative is slower. Null without `/proc`. */
  readonly changePercent: number | null
}

export interface ManyServices {
  /** Few services, the same requests with many services, and requests to every one of the many. */
  readonly rows: readonly ServicesRow[]
}

interface Side extends Pick<Contestant, 'name' | 'pid' | 'json'> {
  readonly services: number
  readonly called: number
}

/** Few services on one node, many on the other; both take turns. */
export async function compareServices(
  few: Pick<Contestant, 'pid' | 'json'>,
  many: SwitchyardNode,
  load: Load,
  plan: Plan,
): Promise<ManyServices> {
  const { rounds, seconds } = plan.services
  const [fewCalled, allCalled] = [fillCount(plan.services.few), fillCount(plan.services.many)]
  const sides: readonly Side[] = [
    { name: 'few', ...few, services: plan.services.few, called: fewCalled },
    { name: 'many, the same called', ...many, services: plan.services.many, called: fewCalled },
    { name: 'many, all called', ...many, services: plan.services.many, called: allCalled },
  ]
  const runFor = (runSeconds: number) => (side: Side) =>
    runThroughput(side, load, {
      connections: plan.connections,
      seconds: runSeconds,
      spread: { count: side.called, pathOf: (index) => `/api/predict/${fillName(index)}${chatPath}` },
    })
  // Requests to all leave reports to be sent, which must not count as work for the others.
  const results = new Map<string, Throughput[]>()
  for (const turns of [sides.slice(0, 2), sides.slice(2)]) {
    await takeTurns(turns, 1, runFor(plan.warmUpSeconds))
    for (const [name, of] of await takeTurns<Side, Throughput>(turns, rounds, runFor(seconds))) {
      results.set(name, of)
    }
  }
  const summaries = sides.map(({ name }) => summariseRounds(results.get(name) ?? []))
  const base = summaries[0]?.requestsPerCpuSecond ?? null
  const rows = sides.flatMap(({ name, services, called }, index) => {
    const throughput = summaries[index]
    return throughput === undefined
      ? []
      : [{ name, services, called, throughput, changePercent: changeOf(base, throughput) }]
  })
  return { rows }
}

function changeOf(base: number | null, { requestsPerCpuSecond }: ThroughputSummary): number | null {
  return base === null || requestsPerCpuSecond === null ? null : (requestsPerCpuSecond / base - 1) * 100
}
