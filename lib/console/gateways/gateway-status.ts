import type { Gateway } from '@/lib/domain/gateway.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import type { GatewayRunning } from './gateway-running.ts'

type Status = Gateway['status']
type StatusRow = Pick<GatewayRow, 'revision' | 'createdAt' | 'updatedAt' | 'nodeCount'>

const logicalOnly =
  'Logical configuration only. No resources exist and nothing is billed until network access is enabled.'

/** A new gateway whose nodes are not there after this long has failed to start. */
const startWithinMs = 60_000

export function gatewayStatus(row: StatusRow, running: GatewayRunning): Status {
  const { live, hosted, isWanted } = running
  if (!isWanted) {
    // What nodes last said of themselves outlives them; hosts know.
    const isLeaving = hosted !== null || running.askedAt !== null
    return { state: isLeaving ? 'stopping' : 'stopped', cause: isLeaving ? null : logicalOnly, since: null }
  }
  if (hosted?.state === 'failed') return { state: 'failed', cause: hosted.cause, since: null }
  if (live.length === 0) return notRunning(row, running)
  const trouble = troubleOf(running)
  if (trouble !== null) return { state: 'degraded', cause: trouble, since: null }
  if (isMoving(row, running)) return { state: 'updating', cause: null, since: row.updatedAt.toISOString() }
  const started = Math.min(...live.map((node) => node.startedAt.getTime()))
  return { state: 'running', cause: null, since: new Date(started).toISOString() }
}

function notRunning(row: StatusRow, { type, hosted, askedAt, now }: GatewayRunning): Status {
  if (type === 'shared') return { state: 'failed', cause: 'No node is running.', since: null }
  const isStarting =
    hosted?.state === 'starting' || askedAt !== null || now - row.createdAt.getTime() < startWithinMs
  if (isStarting) return { state: 'creating', cause: null, since: row.updatedAt.toISOString() }
  const cause = hosted === null ? 'No host runs this gateway.' : 'No node is running.'
  return { state: 'failed', cause, since: null }
}

/** What keeps a gateway that serves from being whole. */
function troubleOf({ live, hosted }: GatewayRunning): string | null {
  const refusing = live.find((node) => node.refusedReason !== null)
  if (refusing !== undefined) return refusing.refusedReason
  const closed = hosted?.doors.find(({ error }) => error !== null)
  if (closed !== undefined) return closed.error
  if (hosted?.state !== 'running' || hosted.nodes.running >= hosted.nodes.wanted) return null
  return `${hosted.nodes.running} of ${hosted.nodes.wanted} nodes are running.`
}

/** Nodes that have not applied the newest revision, or are being replaced. */
function isMoving({ revision }: StatusRow, { live, hosted, askedAt, type }: GatewayRunning): boolean {
  if (live.some((node) => (node.revision ?? -1) < revision)) return true
  return type !== 'shared' && (askedAt !== null || hosted?.state === 'changing')
}
