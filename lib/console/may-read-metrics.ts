import { callerOfApiToken } from './accounts/caller-of-api-token.ts'
import { isConsoleStarted } from './console-context.ts'
import { clientAddressOf } from './http/client-address.ts'
import { requestIdOf } from './http/request-id.ts'

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** A scraper on this machine, or one with any API token of the installation. */
export async function mayReadMetrics(request: Request): Promise<boolean> {
  if (!isConsoleStarted()) return false
  const address = clientAddressOf(request)
  if (address !== null && loopback.test(address)) return true
  const token = /^Bearer +(\S{1,300})$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (token === undefined) return false
  const caller = await callerOfApiToken(token, { address, userAgent: null, requestId: requestIdOf(request) })
  return caller?.tokenScope?.workspaceId === null
}
