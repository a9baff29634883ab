import { request } from 'undici'
import { type Contestant, runThroughput, type Throughput, takeTurns } from './contest.ts'
import type { Load } from './load.ts'
import { answerBody, requestBody, type Target } from './peers/peer.ts'
import type { SwitchyardNode } from './peers/switchyard.ts'
import type { Plan } from './plan.ts'
import { summariseRounds, type ThroughputSummary } from './summaries.ts'

export interface ModelCallRow {
  readonly name: string
  readonly throughput: ThroughputSummary
  /** Of the requests per CPU-second to those of an inference service; above 1 is better. Null without `/proc`. */
  readonly ratio: number | null
}

type Side = Pick<Contestant, 'name' | 'pid' | 'json'>

const basis = 'inference service'
const relayed = 'Model API, relayed'
/** As the base paths of the bench's APIs have them. */
const routedBy = ['name', 'weight', 'metrics', 'intent'] as const

/** The same request by each way through one node, in turns; every way ends at the same upstream. */
export async function compareModelCalls(
  direct: Side | null,
  node: Pick<SwitchyardNode, 'pid' | 'service' | 'modelApi'>,
  load: Load,
  plan: Plan,
): Promise<ModelCallRow[]> {
  const { pid } = node
  const sides: readonly Side[] = [
    ...(direct === null ? [] : [direct]),
    { name: basis, pid, json: node.service('bench_json') },
    { name: relayed, pid, json: node.modelApi('/openai/v1/chat/completions') },
    ...routedBy.map((mode) => ({
      name: `Model API, by ${mode}`,
      pid,
      json: node.modelApi(`/by-${mode}/v1/chat/completions`),
    })),
    { name: 'Model API, converted', pid, json: node.modelApi('/anthropic/v1/messages') },
  ]
  for (const { name, json } of sides) await checkAnswer(name, json)
  const runFor = (seconds: number) => (side: Side) =>
    runThroughput(side, load, { connections: plan.connections, seconds })
  await takeTurns(sides, 1, runFor(plan.warmUpSeconds))
  const { rounds, seconds } = plan.services
  const results = await takeTurns<Side, Throughput>(sides, rounds, runFor(seconds))
  const rows = sides.map(({ name }) => ({ name, throughput: summariseRounds(results.get(name) ?? []) }))
  const base = rows.find(({ name }) => name === basis)?.throughput.requestsPerCpuSecond ?? null
  return rows.map((row) => ({ ...row, ratio: ratioOf(base, row.throughput) }))
}

/** What choosing among services costs at most, in percent of the requests per CPU-second of one that has no choice. */
export function routingCostPercent(rows: readonly ModelCallRow[]): number | null {
  const perCpuSecond = (name: string) =>
    rows.find((row) => row.name === name)?.throughput.requestsPerCpuSecond ?? null
  const plain = perCpuSecond(relayed)
  const routed = ['name', 'weight', 'metrics'].map((mode) => perCpuSecond(`Model API, by ${mode}`))
  if (plain === null || routed.includes(null)) return null
  return Math.max(0, ...routed.map((value) => 100 * (1 - (value ?? 0) / plain)))
}

function ratioOf(base: number | null, { requestsPerCpuSecond }: ThroughputSummary): number | null {
  return base === null || requestsPerCpuSecond === null ? null : requestsPerCpuSecond / base
}

/** Whatever the protocol, the text is that of the upstream. */
async function checkAnswer(name: string, { origin, path, headers }: Target): Promise<void> {
  const answer = await request(origin + path, { method: 'POST', headers, body: requestBody })
  const text = await answer.body.text()
  const said = JSON.parse(answerBody).choices[0].message.content
  if (answer.statusCode === 200 && text.includes(said)) return
  throw new Error(`${name} answered ${answer.statusCode} ${text.slice(0, 500)}`)
}
