import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { reportNode } from './add-node.ts'

export interface FollowingNode {
  /** What it runs; null before the first. */
  readonly snapshot: GatewaySnapshot | null
  /** Says again that it is there, as nodes do every few seconds. */
  report(): Promise<void>
}

/** A node of the shared gateway that takes each snapshot and says so. */
export async function followAsNode(now: () => number): Promise<FollowingNode> {
  let snapshot: GatewaySnapshot | null = null
  const report = () => reportNode(now(), { revision: snapshot?.revision ?? null })
  controlPlane()?.publisher.subscribe(sharedGatewayId, (published) => {
    snapshot = published.snapshot
    void report()
  })
  await report()
  return {
    get snapshot() {
      return snapshot
    },
    report,
  }
}
