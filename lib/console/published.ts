import { controlPlane } from '@/lib/control-plane/control-plane.ts'

/** After the commit: nodes get the new snapshot, hosts the new plan, and open pages of the workspace look again. */
export function configurationPublished(
  gatewayIds: readonly string[],
  workspaceId: string,
  event: { readonly kind: string; readonly id: string; readonly version: number | null },
): void {
  const running = controlPlane()
  if (running === null) return
  running.configurationChanged(gatewayIds)
  running.events.emit(workspaceId, event)
}
