import { type Database, inTransaction } from '@/lib/persistence/database.ts'
import { listDeployedGateways } from '@/lib/persistence/deployment-store.ts'
import type { GatewayType } from '@/lib/snapshot/snapshot.ts'
import { inferenceServiceDocument } from './documents.ts'
import { stringList } from './stored-json.ts'

/** What hosts must know of one gateway. */
export interface DeploymentRows {
  readonly id: string
  readonly name: string
  readonly type: GatewayType
  readonly spec: string | null
  readonly nodes: number
  readonly nodesMax: number
  readonly internetEnabled: boolean
  readonly vpcEnabled: boolean
  /** All that are allocated, also of sides that are off. */
  readonly ports: readonly { readonly door: string; readonly port: number }[]
  readonly nlb: readonly { readonly port: number; readonly side: 'internet' | 'vpc' }[]
  /** Blocks of the VPC with authoritative DNS, if its workspace agreed. */
  readonly authoritativeCidrs: readonly string[] | null
}

const nlbListeners = inferenceServiceDocument.shape.nlb

export async function loadDeploymentRows(database: Database): Promise<readonly DeploymentRows[]> {
  const found = await inTransaction(database, listDeployedGateways)
  return found.map(({ gateway, ports, services, authoritativeVpc }) => ({
    id: gateway.id,
    name: gateway.name,
    type: gateway.type as GatewayType,
    spec: gateway.spec,
    nodes: gateway.nodeCount,
    nodesMax: gateway.nodeCountMax,
    internetEnabled: gateway.internetEnabled,
    vpcEnabled: gateway.vpcEnabled,
    ports: ports.map(({ door, port }) => ({ door, port })),
    nlb: services.flatMap((nlb) => nlbListeners.parse(nlb)),
    authoritativeCidrs: authoritativeVpc === null ? null : stringList(authoritativeVpc.cidrs),
  }))
}
