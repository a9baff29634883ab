import { authenticate } from '@/lib/console/accounts/authenticate.ts'
import { type Caller, requireInstallationOwner, requirePermission } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { enterWorkspace } from '@/lib/console/workspaces/enter-workspace.ts'
import { clientAddressOf } from './client-address.ts'
import type { Access, CallerFor } from './declaration.ts'
import { refuseCrossSite, refuseForeignPage } from './refuse-cross-site.ts'

/** Authenticates, refuses forged requests, enters the workspace and checks the permission. */
export async function admit<A extends Access>(
  access: A,
  request: Request,
  segments: Record<string, string | string[]>,
  requestId: string,
): Promise<CallerFor<A>> {
  const { publicUrl } = consoleContext()
  const origin = {
    address: clientAddressOf(request),
    userAgent: request.headers.get('user-agent')?.slice(0, 300) ?? null,
    requestId,
  }
  if (access === 'public') {
    refuseForeignPage(request, publicUrl)
    return origin as CallerFor<A>
  }
  const caller: Caller = await authenticate(request, origin)
  if (caller.session !== null) refuseCrossSite(request, publicUrl)
  if (access === 'signed-in') return caller as CallerFor<A>
  if (access === 'installation') {
    requireInstallationOwner(caller)
    return caller as CallerFor<A>
  }
  const inside = await enterWorkspace(String(segments['workspace']), caller)
  requirePermission(inside, access)
  return inside as unknown as CallerFor<A>
}
