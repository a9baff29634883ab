import type { Engine } from '@/lib/gateway/handle-request.ts'
import { GatewayListener } from '@/lib/gateway/listener/gateway-listener.ts'
import type { OpenConnections } from '@/lib/gateway/listener/open-connections.ts'
import type { TicketKeys } from '@/lib/gateway/listener/tls/ticket-keys.ts'
import { NlbListener } from '@/lib/gateway/nlb/nlb-listener.ts'
import type { NamedDoor } from '@/lib/gateway/node-doors.ts'
import type { DoorName } from '@/lib/snapshot/deployment.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/** What the doors of a node share. */
export interface DoorParts {
  readonly engine: Engine
  readonly connections: OpenConnections
  readonly ticketKeys: TicketKeys
}

/** What speaks at a door of this name. */
export function createDoor(name: DoorName, parts: DoorParts): NamedDoor {
  switch (name) {
    case 'internet':
    case 'vpc':
      return httpDoor(name, 'http', parts)
    case 'internet-tls':
      return httpDoor('internet', 'https', parts)
    case 'vpc-tls':
      return httpDoor('vpc', 'https', parts)
    default:
      return nlbDoor(Number(name.slice('nlb-'.length)), parts)
  }
}

function nlbDoor(doorPort: number, { engine, connections }: DoorParts): NamedDoor {
  const door = new NlbListener({ engine, port: doorPort, connections })
  return { door, describe: (port) => ({ side: door.side, protocol: 'tcp', port }) }
}

function httpDoor(
  side: GatewaySide,
  protocol: 'http' | 'https',
  { engine, connections, ticketKeys }: DoorParts,
): NamedDoor {
  return {
    door: new GatewayListener({ side, protocol, ticketKeys }, engine, connections),
    describe: (port) => ({ side, protocol, port }),
  }
}
