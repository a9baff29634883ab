import { join } from 'node:path'
import { startConvertedSides } from './converted-sides.ts'
import { measureConvertedStreams } from './converted-streams.ts'
import { printConvertedStreams } from './converted-table.ts'
import { direct } from './peers/direct.ts'
import { portkey } from './peers/portkey.ts'
import { startSwitchyard } from './peers/switchyard.ts'
import { startUpstreams } from './peers/upstreams.ts'
import { fullPlan } from './plan.ts'
import { startRun } from './start-run.ts'

/** The part "Converted streams" of the benchmark alone. */
export async function runConvertedStreams(): Promise<void> {
  const folder = startRun(fullPlan.deadlineSeconds)
  const upstreams = await startUpstreams(folder)
  const node = await startSwitchyard(upstreams, join(folder, 'node'), { services: 10, probe: false })
  const peers = await Promise.all(
    [direct, portkey].map(async ({ name, start }) => ({ name, ...(await start(upstreams, folder)) })),
  )
  const contestants = peers.filter((peer) => 'json' in peer)
  const sides = await startConvertedSides(contestants, node, upstreams, folder)
  printConvertedStreams(fullPlan, await measureConvertedStreams(sides, fullPlan))
  process.exit(0)
}
