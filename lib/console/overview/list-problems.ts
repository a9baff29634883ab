import { type GatewayRunning, gatewayRunning } from '@/lib/console/gateways/gateway-running.ts'
import { gatewayStatus } from '@/lib/console/gateways/gateway-status.ts'
import { hasLeft, isLost } from '@/lib/console/gateways/live-nodes.ts'
import { listAllServices } from '@/lib/console/inference-services/list-all-services.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { OpenProblem } from '@/lib/domain/overview.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { type GatewayRow, listGateways } from '@/lib/persistence/gateway-store.ts'
import { type GatewayNodeRow, listNodes } from '@/lib/persistence/node-store.ts'

/** What is wrong now in a workspace and with the gateways it uses, the worst first. */
export async function listProblems(transaction: Transaction, workspaceId: string): Promise<OpenProblem[]> {
  const services = await listAllServices(transaction, workspaceId)
  return await problemsOf(transaction, workspaceId, services)
}

export async function problemsOf(
  transaction: Transaction,
  workspaceId: string,
  services: readonly InferenceService[],
): Promise<OpenProblem[]> {
  const problems: OpenProblem[] = []
  const dead = new Set<string>()
  for (const gateway of await listGateways(transaction, workspaceId)) {
    const running = await gatewayRunning(transaction, gateway)
    if (running.live.length === 0) dead.add(gateway.id)
    const nodes = await listNodes(transaction, gateway.id)
    problems.push(...gatewayProblems(gateway, running, nodes))
  }
  // One sentence about the gateway says more than one about each of its services.
  problems.push(...services.filter(({ gateway }) => !dead.has(gateway.id)).flatMap(serviceProblems))
  return problems.sort((a, b) => rank(a) - rank(b))
}

function gatewayProblems(
  gateway: GatewayRow,
  running: GatewayRunning,
  nodes: readonly GatewayNodeRow[],
): OpenProblem[] {
  const object = { kind: 'gateway', id: gateway.id, name: gateway.name }
  const problems: OpenProblem[] = []
  const { live } = running
  // One that is starting, or that has no network to run in, is as it should be.
  if (live.length === 0 && gatewayStatus(gateway, running).state === 'failed') {
    const detail = 'No node is running: every call fails.'
    problems.push({ kind: 'no-node', severity: 'critical', object, detail, since: lastSeen(nodes) })
  }
  const refused = controlPlane()?.publisher.refused(gateway.id)
  if (refused) {
    const { reason: detail } = refused
    problems.push({ kind: 'snapshot-refused', severity: 'critical', object, detail, since: null })
  }
  for (const node of nodes) {
    if (hasLeft(node)) continue
    const since = node.seenAt.toISOString()
    if (isLost(node)) {
      const detail = `Node ${node.host} (${node.pid}) has not been heard of.`
      if (live.length > 0) problems.push({ kind: 'node-lost', severity: 'warning', object, detail, since })
    } else if (node.refusedRevision !== null && node.refusedRevision >= gateway.revision) {
      const detail = `Node ${node.host} refused revision ${node.refusedRevision}: ${node.refusedReason ?? 'no reason given'}`
      problems.push({ kind: 'revision-refused', severity: 'critical', object, detail, since })
    }
  }
  return problems
}

function lastSeen(nodes: readonly GatewayNodeRow[]): string | null {
  if (nodes.length === 0) return null
  return new Date(Math.max(...nodes.map((node) => node.seenAt.getTime()))).toISOString()
}

function serviceProblems({ id, name, status }: InferenceService): OpenProblem[] {
  if (status.state !== 'failed' && status.state !== 'degraded') return []
  const failed = status.state === 'failed'
  return [
    {
      kind: failed ? 'service-failed' : 'service-degraded',
      severity: failed ? 'critical' : 'warning',
      object: { kind: 'inference-service', id, name },
      detail: status.cause ?? 'No instance is ready.',
      since: status.since,
    },
  ]
}

function rank({ severity }: OpenProblem): number {
  return severity === 'critical' ? 0 : 1
}
