import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { findGateway } from '@/lib/persistence/gateway-store.ts'
import { consoleContext, isConsoleStarted } from './console-context.ts'
import { liveNodes } from './gateways/live-nodes.ts'

export interface Health {
  readonly status: 'ready' | 'unready'
  readonly version: string | null
  /** `console`, `database`, `gateway-node` */
  readonly missing: readonly string[]
}

/** Ready: the console, its database and the shared gateway's first node. */
export async function getHealth(): Promise<Health> {
  if (!isConsoleStarted()) return { status: 'unready', version: null, missing: ['console'] }
  const { database, programVersion: version } = consoleContext()
  try {
    await findGateway(database, sharedGatewayId)
    const nodes = await liveNodes(database, sharedGatewayId)
    if (nodes.some((node) => node.revision !== null)) return { status: 'ready', version, missing: [] }
    return { status: 'unready', version, missing: ['gateway-node'] }
  } catch {
    return { status: 'unready', version, missing: ['database', 'gateway-node'] }
  }
}
