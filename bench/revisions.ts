import { setTimeout as pause } from 'node:timers/promises'
import { percentile } from './measure.ts'
import { PacedLoad } from './paced-load.ts'
import type { SwitchyardNode } from './peers/switchyard.ts'
import type { Plan } from './plan.ts'

export interface Pause {
  /** The event loop of the node, from the end of one turn's wait to the next. */
  readonly loopGapMsMax: number
  /** Without the time for which the system ran other programs on its core. */
  readonly ownGapMsMax: number
  /** The longest turn in processor time of the main thread. */
  readonly turnCpuMsMax: number
  readonly collectionMsMax: number
  readonly longestRequestMs: number
  readonly requestMsP99: number
  readonly failures: number
  /** From publishing to the node's report that it runs; NaN without a revision. */
  readonly appliedMs: number
}

export interface RevisionFigures {
  readonly services: number
  /** As long without any revision, for comparison. */
  readonly quiet: Pause
  /** Each revision. */
  readonly oneChanged: readonly Pause[]
  readonly allChanged: readonly Pause[]
}

/** What a revision leaves behind it, such as garbage and a file to write, is over by then. */
const settleMs = 700

/** Publishes revisions of thousands of services while requests come at a moderate rate. */
export async function measureRevisions(node: SwitchyardNode, plan: Plan): Promise<RevisionFigures> {
  const { requestsPerSecond, connections, rounds } = plan.revisions
  const load = new PacedLoad(node.json)
  await load.start(requestsPerSecond, connections)
  await pause(1_000)
  let revision = 1
  const publish = async (changed: (index: number) => boolean) => {
    revision += 1
    const lines = node.lines.map((line, index) =>
      index === 0
        ? line.replace(/"revision":\d+/, `"revision":${revision}`)
        : changed(index)
          ? line.replace('"requestTimeoutMs":60000', `"requestTimeoutMs":${60_000 + revision}`)
          : line,
    )
    return watch(node, load, async () => {
      const applied = node.console.applied(revision)
      await node.console.publish(lines)
      await applied
    })
  }
  const quiet = await watch(node, load, () => pause(300))
  const oneChanged: Pause[] = []
  const allChanged: Pause[] = []
  for (let round = 0; round < rounds; round++) {
    oneChanged.push(await publish((index) => index === 1 + round))
    allChanged.push(await publish(() => true))
    // Back to the texts that one changed service is compared with.
    await publish(() => false)
  }
  await load.stop()
  return { services: node.lines.length - 1, quiet, oneChanged, allChanged }
}

async function watch(node: SwitchyardNode, load: PacedLoad, run: () => Promise<void>): Promise<Pause> {
  await node.loop()
  load.reset()
  const start = performance.now()
  await run()
  const appliedMs = performance.now() - start
  await pause(settleMs)
  const { gapMsMax, ownGapMsMax, turnCpuMsMax, collectionMsMax } = await node.loop()
  const { durationsMs, longestMs, failures } = load.figures
  return {
    loopGapMsMax: gapMsMax,
    ownGapMsMax,
    turnCpuMsMax,
    collectionMsMax,
    longestRequestMs: longestMs,
    requestMsP99: percentile(durationsMs, 0.99),
    failures,
    appliedMs,
  }
}
