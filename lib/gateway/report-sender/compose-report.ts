import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { SnapshotInbox } from '@/lib/gateway/snapshot-source/snapshot-inbox.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import type { InstanceHealthReport, NodeReport, RequestRollup } from '@/lib/snapshot/node-report.ts'

/** What does not change while the node runs. */
export type NodeIdentity = Pick<
  NodeReport,
  'nodeId' | 'gatewayId' | 'host' | 'pid' | 'version' | 'startedAt' | 'listeners'
>

export interface ReportSubject {
  readonly identity: NodeIdentity
  readonly runtimes: RuntimeHolder
  readonly inbox: SnapshotInbox
  readonly observer: Observer
}

const reasonLengthMax = 300
const refusalLengthMax = 1_000

export function composeReport(
  { identity, runtimes, inbox, observer }: ReportSubject,
  state: NodeReport['state'],
  withInstances: boolean,
  taken: { rollups: NodeReport['rollups']; requestsDropped: number },
): NodeReport {
  const { refused } = inbox
  return {
    ...identity,
    state,
    revision: inbox.revision,
    appliedAt: inbox.appliedAt,
    refused: refused && { revision: refused.revision, reason: refused.reason.slice(0, refusalLengthMax) },
    openRequests: observer.openRequests,
    residentBytes: process.memoryUsage.rss(),
    connections: 0,
    instances: withInstances ? { isWhole: true, items: instanceReports(runtimes) } : null,
    healthEvents: [],
    rollups: taken.rollups.map(withRoundedTimes),
    rollupsDropped: taken.requestsDropped,
  }
}

/** Sums of fractions would fill the report with digits that mean nothing. */
function withRoundedTimes(rollup: RequestRollup): RequestRollup {
  return {
    ...rollup,
    durationMsSum: Math.round(rollup.durationMsSum * 10) / 10,
    firstByteMsSum: Math.round(rollup.firstByteMsSum * 10) / 10,
  }
}

function instanceReports(runtimes: RuntimeHolder): InstanceHealthReport[] {
  return (runtimes.current?.services ?? []).flatMap((service) =>
    service.instances.map(({ id, state: { health } }) => ({
      instanceId: id,
      state: health.state,
      reason: health.reason?.slice(0, reasonLengthMax) ?? null,
      since: health.since,
      until: null,
      checkedAt: health.checkedAt,
    })),
  )
}
