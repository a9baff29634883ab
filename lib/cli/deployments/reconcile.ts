import type { DeploymentPlan, DoorName, GatewayDeployment } from '@/lib/snapshot/deployment.ts'

/** What must happen so that what runs becomes what the plan says. Nothing here does it. */

export interface GatewayChanges {
  /** Gateways that run and are not in the plan any more. */
  readonly stop: readonly string[]
  readonly change: readonly GatewayDeployment[]
  readonly start: readonly GatewayDeployment[]
}

export function gatewayChanges(
  running: ReadonlySet<string>,
  planned: DeploymentPlan['gateways'],
): GatewayChanges {
  const wanted = new Map(planned.map((gateway) => [gateway.gatewayId, gateway]))
  return {
    stop: [...running].filter((id) => !wanted.has(id)),
    change: [...wanted.values()].filter(({ gatewayId }) => running.has(gatewayId)),
    start: [...wanted.values()].filter(({ gatewayId }) => !running.has(gatewayId)),
  }
}

export interface DoorChanges {
  /** Comes first: a port may go from one door to another. */
  readonly close: readonly DoorName[]
  readonly open: readonly { readonly door: DoorName; readonly port: number }[]
}

/** `current`: each door with its port, held or not yet. A door whose port changed is closed and opened. */
export function doorChanges(
  current: ReadonlyMap<DoorName, number>,
  planned: readonly { readonly door: string; readonly port: number }[],
): DoorChanges {
  const wanted = new Map(planned.map(({ door, port }) => [door as DoorName, port]))
  return {
    close: [...current].filter(([door, port]) => wanted.get(door) !== port).map(([door]) => door),
    open: [...wanted]
      .filter(([door, port]) => current.get(door) !== port)
      .map(([door, port]) => ({ door, port })),
  }
}

/** The bounds of a plan, made sense of: at least one node, and no maximum below the minimum. */
export function nodeBounds({ nodes }: Pick<GatewayDeployment, 'nodes'>): { min: number; max: number } {
  const min = Math.max(1, nodes.min)
  return { min, max: Math.max(min, nodes.max) }
}
