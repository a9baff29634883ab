import { type Contestant, runThroughput, type Throughput, takeTurns } from './contest.ts'
import type { Load } from './load.ts'
import { fillCount, fillName } from './peers/bench-snapshot.ts'
import { chatPath } from './peers/peer.ts'
import type { SwitchyardNode } from './peers/switchyard.ts'
import type { Plan } from './plan.ts'
import { summariseRounds, type ThroughputSummary } from './summaries.ts'

export interface ManyServices {
  readonly few: { readonly services: number; readonly throughput: ThroughputSummary }
  readonly many: { readonly services: number; readonly throughput: ThroughputSummary }
  /** Of the requests per CPU-second, in percent; negative is slower. Null without `/proc`. */
  readonly changePercent: number | null
}

/** The same requests, spread over all services that a node has: few on one node, many on the other. */
export async function compareServices(
  few: Pick<Contestant, 'pid' | 'json'>,
  many: SwitchyardNode,
  load: Load,
  plan: Plan,
): Promise<ManyServices> {
  const { rounds, seconds } = plan.services
  const sides = [
    { name: 'few', services: plan.services.few, ...few },
    { name: 'many', services: plan.services.many, ...many },
  ] as const
  const run = ({ services, ...side }: (typeof sides)[number], runSeconds: number) =>
    runThroughput(side, load, {
      connections: plan.connections,
      seconds: runSeconds,
      spread: { count: fillCount(services), pathOf: (index) => `/api/predict/${fillName(index)}${chatPath}` },
    })
  await takeTurns(sides, 1, (side) => run(side, plan.warmUpSeconds))
  const results = await takeTurns<(typeof sides)[number], Throughput>(sides, rounds, (side) =>
    run(side, seconds),
  )
  const [fewer, more] = [
    summariseRounds(results.get('few') ?? []),
    summariseRounds(results.get('many') ?? []),
  ]
  const [base, other] = [fewer.requestsPerCpuSecond, more.requestsPerCpuSecond]
  return {
    few: { services: plan.services.few, throughput: fewer },
    many: { services: plan.services.many, throughput: more },
    changePercent: base === null || other === null ? null : (other / base - 1) * 100,
  }
}
