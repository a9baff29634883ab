import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { NodeReport } from '@/lib/snapshot/node-report.ts'

export type RecordedRequest = NodeReport['records'][number]

/** What a node of the shared gateway says; change what a test is about. */
export async function reportNode(now: number, change: Partial<NodeReport> = {}): Promise<void> {
  await controlPlane()?.nodes.take({
    nodeId: 'node_test',
    gatewayId: sharedGatewayId,
    host: 'local',
    pid: 1,
    version: '0.0.0',
    startedAt: now,
    state: 'running',
    listeners: [
      { side: 'internet', protocol: 'http', port: 8080 },
      { side: 'vpc', protocol: 'http', port: 8081 },
    ],
    revision: 1_000_000,
    appliedAt: now,
    refused: null,
    openRequests: 0,
    connections: 0,
    residentBytes: 1,
    instances: null,
    upstreamServices: null,
    healthEvents: [],
    rollups: [],
    rollupsDropped: 0,
    records: [],
    ...change,
  })
}
