import type { Gateway } from '@/lib/domain/gateway.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import type { GatewayRunning } from './gateway-running.ts'
import { gatewayStatus } from './gateway-status.ts'

type Operation = NonNullable<Gateway['operation']>
type Step = Operation['steps'][number]

/** What a gateway is in the middle of, from what its host and nodes say; null when it is at rest. */
export function gatewayOperation(row: GatewayRow, running: GatewayRunning): Operation | null {
  if (running.type === 'shared' || !running.isWanted) return null
  const { state } = gatewayStatus(row, running)
  const common = {
    since: new Date(running.askedAt ?? row.updatedAt.getTime()).toISOString(),
    openOnOldNodes: running.draining.reduce((sum, { openRequests }) => sum + openRequests, 0),
  }
  if (running.type === 'alb') {
    if (state !== 'creating' && state !== 'failed' && !isOpening(row, running)) return null
    return { kind: 'enable-network', steps: networkSteps(row, running), ...common }
  }
  if (state === 'creating' || state === 'failed') {
    return { kind: 'create', steps: createSteps(running), ...common }
  }
  if (!isReplacing(running)) return null
  return { kind: 'change-specification', steps: changeSteps(running), ...common }
}

/** A side that is on, and whose door is not open yet. */
function isOpening(row: GatewayRow, { hosted, askedAt }: GatewayRunning): boolean {
  if (askedAt !== null) return true
  const open = new Set(hosted?.doors.filter(({ error }) => error === null).map(({ door }) => door))
  return (row.internetEnabled && !open.has('internet')) || (row.vpcEnabled && !open.has('vpc'))
}

function isReplacing({ hosted, askedAt, draining }: GatewayRunning): boolean {
  return askedAt !== null || hosted?.state === 'changing' || draining.length > 0
}

function networkSteps(row: GatewayRow, running: GatewayRunning): Step[] {
  const { hosted, live } = running
  const isOpen = !isOpening(row, running)
  return inOrder(
    [
      // The rules were checked when the network was enabled.
      ['check-vpc', true],
      ['create-load-balancer', live.length > 0],
      ['attach-vswitches', isOpen],
      ['endpoint-ready', isOpen && live.length > 0],
    ],
    failureOf(hosted),
  )
}

function createSteps({ hosted, live }: GatewayRunning): Step[] {
  return inOrder(
    [
      ['plan', hosted !== null],
      ['add-nodes', live.length > 0],
      ['done', false],
    ],
    failureOf(hosted),
    hosted === null ? null : `${live.length} / ${hosted.nodes.wanted}`,
  )
}

function changeSteps({ hosted, askedAt, draining }: GatewayRunning): Step[] {
  const isPlanned = askedAt === null && hosted !== null
  const hasNew = isPlanned && hosted.nodes.running >= hosted.nodes.wanted && hosted.state !== 'changing'
  return inOrder(
    [
      ['plan', isPlanned],
      ['add-nodes', hasNew || (isPlanned && hosted.nodes.leaving > 0)],
      ['drain-old', hasNew && draining.length === 0],
      ['done', false],
    ],
    failureOf(hosted),
    hosted === null ? null : `${hosted.nodes.running} / ${hosted.nodes.wanted}`,
  )
}

function failureOf(hosted: GatewayRunning['hosted']): string | null {
  if (hosted?.state === 'failed') return hosted.cause ?? 'The host could not start it.'
  return hosted?.cause ?? hosted?.doors.find(({ error }) => error !== null)?.error ?? null
}

/** The first step that is not done is under way, or has failed; `detail` goes with it. */
function inOrder(
  steps: readonly (readonly [step: string, isDone: boolean])[],
  failure: string | null,
  detail: string | null = null,
): Step[] {
  const current = steps.findIndex(([, isDone]) => !isDone)
  return steps.map(([step], index): Step => {
    if (current === -1 || index < current) return { step, state: 'done', detail: null }
    if (index > current) return { step, state: 'waiting', detail: null }
    return failure === null ? { step, state: 'current', detail } : { step, state: 'failed', detail: failure }
  })
}
