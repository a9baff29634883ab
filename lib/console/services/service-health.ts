import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import type { SeenKey, SeenNode, ServiceSight } from './service-sights.ts'

type Health = UpstreamService['health']

/** One word for a service, and why. Discovery comes first: without endpoints nothing else matters. */
export function serviceHealth(sight: ServiceSight, keys: readonly SeenKey[]): Health {
  const { discovery, nodes, own } = sight
  const checkedAt = latest([...nodes.map((node) => node.checkedAt), own?.checkedAt ?? null])
  const health = (state: Health['state'], reason: string | null = null) => ({ state, reason, checkedAt })
  if (discovery !== null && discovery.state === 'failed') return health('failing', discovery.reason)
  if (discovery !== null && discovery.state !== 'pending' && nodes.length === 0) {
    return health('empty', discovery.reason ?? 'No endpoint was found.')
  }
  const members = own === null ? nodes : [own, ...nodes]
  const out = [
    ...members.filter(({ state }) => isOut(state)),
    ...keys.filter(({ state }) => state === 'failing' || state === 'paused'),
  ]
  const reason = out.find((member) => member.reason !== null)?.reason ?? null
  if (isAllOut(members, keys)) return health('failing', reason)
  if (discovery?.state === 'stale') return health('stale', discovery.reason)
  if (out.length > 0) return health('degraded', reason)
  const isSeen = [...members, ...keys].some(({ state }) => state !== 'unknown')
  return health(isSeen ? 'healthy' : 'unknown', discovery?.reason ?? null)
}

/** What is being tried again was out, and stays so until a request succeeds. */
function isOut(state: SeenNode['state']): boolean {
  return state === 'unready' || state === 'ejected' || state === 'paused' || state === 'probing'
}

function isAllOut(members: ReadonlyArray<Pick<SeenNode, 'state'>>, keys: readonly SeenKey[]): boolean {
  return (
    (members.length > 0 && members.every(({ state }) => isOut(state))) ||
    (keys.length > 0 && keys.every(({ state }) => state === 'failing' || state === 'paused'))
  )
}

function latest(times: ReadonlyArray<string | null>): string | null {
  return times.reduce((last, time) => (time !== null && (last === null || time > last) ? time : last), null)
}
