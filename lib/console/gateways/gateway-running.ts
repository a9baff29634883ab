import { consoleContext } from '@/lib/console/console-context.ts'
import { runs } from '@/lib/control-plane/compile-deployment.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { presentHosts } from '@/lib/control-plane/host-registry.ts'
import { type GatewayType, gatewayType } from '@/lib/domain/gateway.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import type { DeploymentReport } from '@/lib/snapshot/deployment.ts'
import { isLost, presentNodes } from './live-nodes.ts'

export type HostedGateway = DeploymentReport['gateways'][number]

/** How a gateway is, as hosts and its own nodes tell. */
export interface GatewayRunning {
  readonly type: GatewayType
  /** Whether it is to run at all: an ALB gateway without a network is a logical configuration. */
  readonly isWanted: boolean
  /** Nodes that take new snapshots. */
  readonly live: readonly GatewayNodeRow[]
  /** Nodes that finish what they have. */
  readonly draining: readonly GatewayNodeRow[]
  /** What its host says; null where no host has said anything lately. */
  readonly hosted: HostedGateway | null
  /** When its part of the plan last changed, if hosts may not have answered to that yet. */
  readonly askedAt: number | null
  readonly now: number
}

/** Hosts hear of a plan at once and speak about once a second while something moves. */
const answerWithinMs = 2500

export async function gatewayRunning(transaction: Transaction, row: GatewayRow): Promise<GatewayRunning> {
  const now = consoleContext().clock.now()
  const type = gatewayType.parse(row.type)
  const present = (await presentNodes(transaction, row.id)).filter((node) => !isLost(node))
  const changedAt = controlPlane()?.deployments.changedAt(row.id) ?? null
  return {
    type,
    isWanted: runs({ ...row, type }),
    live: present.filter(({ state }) => state === 'running'),
    draining: present.filter(({ state }) => state === 'draining'),
    hosted: await hostedGateway(transaction, row.id, now),
    askedAt: changedAt !== null && now - changedAt < answerWithinMs ? changedAt : null,
    now,
  }
}

async function hostedGateway(
  transaction: Transaction,
  gatewayId: string,
  now: number,
): Promise<HostedGateway | null> {
  for (const { gateways } of await presentHosts(transaction, now)) {
    const found = gateways.find((gateway) => gateway.gatewayId === gatewayId)
    if (found !== undefined) return found
  }
  return null
}
