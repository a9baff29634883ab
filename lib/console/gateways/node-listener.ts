import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { gatewayNode } from '@/lib/domain/gateway.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'

/**
 * Where the console itself reaches a node's listener: `http://127.0.0.1:8080`; null where no node has one. Nodes that
 * report this host's name, or none that another machine could know, stand beside the console.
 */
export function listenerOf(
  nodes: readonly GatewayNodeRow[],
  side: 'internet' | 'vpc',
  protocol: 'http' | 'https',
): string | null {
  for (const node of nodes) {
    const listeners = gatewayNode.shape.listeners.parse(node.listeners)
    const listener = listeners.find((candidate) => candidate.side === side && candidate.protocol === protocol)
    if (listener) return `${protocol}://${isHere(node.host) ? boundHost() : node.host}:${listener.port}`
  }
  return null
}

export function noNode(): AppError {
  return new AppError('unavailable', 'No node of the gateway is running, so there is nothing to call.', {
    retryAfterSeconds: 5,
  })
}

/** Listeners that bind every address answer at loopback. */
function boundHost(): string {
  const { bindAddress } = consoleContext().place
  if (bindAddress === '0.0.0.0' || bindAddress === '::') return '127.0.0.1'
  return bindAddress.includes(':') ? `[${bindAddress}]` : bindAddress
}

function isHere(host: string): boolean {
  return ['local', 'localhost', '127.0.0.1', '::1', consoleContext().hostName].includes(host)
}
