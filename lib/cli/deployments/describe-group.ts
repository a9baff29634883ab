import type { DeploymentReport, DoorName } from '@/lib/snapshot/deployment.ts'

type GatewayReport = DeploymentReport['gateways'][number]

interface NodeFacts {
  readonly process: { readonly isReady: boolean; readonly isOutdated: boolean; readonly leaving: number }
  readonly utilization: number
  readonly failure: string | null
}

interface DoorFacts {
  readonly door: DoorName
  readonly port: number
  readonly isHeld: boolean
  readonly error: string | null
}

export interface GroupFacts {
  readonly gatewayId: string
  readonly doors: readonly DoorFacts[]
  /** In the slots that are wanted, and in others that finish. */
  readonly active: readonly NodeFacts[]
  readonly others: readonly NodeFacts[]
  readonly wanted: number
  /** All that were wanted have served once. */
  readonly hasRun: boolean
  readonly isStopping: boolean
  readonly rolloverFailure: string | null
}

/** What the console is told of a gateway's group. */
export function describeGroup(facts: GroupFacts): GatewayReport {
  const { gatewayId, active, others, wanted } = facts
  const serving = active.filter(({ process }) => process.isReady)
  const running = serving.filter(({ process }) => !process.isOutdated).length
  const finishing = [...active, ...others].reduce((sum, { process }) => sum + process.leaving, 0)
  const utilization = serving.reduce((sum, node) => sum + node.utilization, 0) / Math.max(1, serving.length)
  return {
    gatewayId,
    ...stateOf(facts, { serving: serving.length, running }),
    doors: facts.doors
      .filter(({ isHeld, error }) => isHeld || error !== null)
      .map(({ door, port, error }) => ({ door, port, error: error?.slice(0, 500) ?? null })),
    nodes: { wanted, running, leaving: finishing + serving.length - running },
    utilization: Math.round(Math.min(1, utilization) * 1000) / 1000,
  }
}

function stateOf(
  { active, wanted, hasRun, isStopping, rolloverFailure }: GroupFacts,
  { serving, running }: { serving: number; running: number },
): Pick<GatewayReport, 'state' | 'cause'> {
  if (isStopping) return { state: 'stopping', cause: null }
  const cause = active.map(({ failure }) => failure).find((failure) => failure !== null) ?? rolloverFailure
  if (cause !== null) {
    // What serves goes on serving: only the change does not come through.
    return { state: serving === 0 ? 'failed' : 'changing', cause }
  }
  if (running === wanted) return { state: 'running', cause: null }
  return { state: hasRun ? 'changing' : 'starting', cause: null }
}
