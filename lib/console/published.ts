import { controlPlane } from '@/lib/control-plane/control-plane.ts'

/** After the commit: nodes get the new snapshot, and open pages of the workspace look again. */
export function configurationPublished(
  gatewayIds: readonly string[],
  workspaceId: string,
  event: { readonly kind: string; readonly id: string; readonly version: number | null },
): void {
  const running = controlPlane()
  if (running === null) return
  for (const gatewayId of new Set(gatewayIds)) running.publisher.configurationChanged(gatewayId)
  running.events.emit(workspaceId, event)
}
