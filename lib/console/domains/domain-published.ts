import { configurationPublished } from '@/lib/console/published.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'

/** After the commit. Names of the shared gateway concern every workspace. */
export function domainPublished(
  gatewayIds: readonly string[],
  workspaceId: string | null,
  event: { readonly id: string; readonly version: number | null },
): void {
  const whole = { kind: 'domain', ...event }
  if (workspaceId !== null) {
    configurationPublished(gatewayIds, workspaceId, whole)
    return
  }
  controlPlane()?.configurationChanged(gatewayIds)
  controlPlane()?.events.emitToAll(whole)
}
