import type { TakenNews } from '@/lib/gateway/report-sender/health-news.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import type { SnapshotInbox } from '@/lib/gateway/snapshot-source/snapshot-inbox.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import type { KeptRecord } from '@/lib/gateway/stages/observe/record-book.ts'
import { toRecordedRequest } from '@/lib/gateway/stages/observe/to-recorded-request.ts'
import type { NodeReport, RequestRollup } from '@/lib/snapshot/node-report.ts'

/** What does not change while the node runs. */
export type NodeIdentity = Pick<NodeReport, 'nodeId' | 'gatewayId' | 'host' | 'pid' | 'version' | 'startedAt'>

export interface ReportSubject {
  readonly identity: NodeIdentity
  readonly runtimes: RuntimeHolder
  readonly shared: Pick<SharedState, 'instances' | 'upstreamNews' | 'discovery'>
  readonly inbox: SnapshotInbox
  readonly observer: Observer
  /** Those that are open now, and how many client connections they have. */
  readonly doors: { readonly listeners: NodeReport['listeners']; readonly connections: number }
}

/** What leaves the node with one report, and comes back when the report does not arrive. */
export interface Taken extends TakenNews {
  readonly upstreamServices: NodeReport['upstreamServices']
  readonly rollups: NodeReport['rollups']
  readonly requestsDropped: number
  readonly records: readonly KeptRecord[]
}

const refusalLengthMax = 1_000

export function composeReport(
  { identity, inbox, observer, doors }: Omit<ReportSubject, 'runtimes' | 'shared'>,
  state: NodeReport['state'],
  taken: Taken,
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
    listeners: doors.listeners,
    connections: doors.connections,
    instances: taken.instances,
    upstreamServices: taken.upstreamServices,
    healthEvents: taken.healthEvents,
    rollups: taken.rollups.map(withRoundedTimes),
    rollupsDropped: taken.requestsDropped,
    records: taken.records.map(toRecordedRequest),
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
