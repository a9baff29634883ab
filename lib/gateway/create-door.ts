import type { Engine } from '@/lib/gateway/handle-request.ts'
import { GatewayListener } from '@/lib/gateway/listener/gateway-listener.ts'
import type { OpenConnections } from '@/lib/gateway/listener/open-connections.ts'
import { NlbListener } from '@/lib/gateway/nlb/nlb-listener.ts'
import type { NamedDoor } from '@/lib/gateway/node-doors.ts'
import type { DoorName } from '@/lib/snapshot/deployment.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/** What speaks at a door of this name. */
export function createDoor(name: DoorName, engine: Engine, connections: OpenConnections): NamedDoor {
  switch (name) {
    case 'internet':
    case 'vpc':
      return httpDoor(name, 'http', engine, connections)
    case 'internet-tls':
      return httpDoor('internet', 'https', engine, connections)
    case 'vpc-tls':
      return httpDoor('vpc', 'https', engine, connections)
    default:
      return nlbDoor(Number(name.slice('nlb-'.length)), engine, connections)
  }
}

function nlbDoor(doorPort: number, engine: Engine, connections: OpenConnections): NamedDoor {
  const door = new NlbListener({ engine, port: doorPort, connections })
  return { door, describe: (port) => ({ side: door.side, protocol: 'tcp', port }) }
}

function httpDoor(
  side: GatewaySide,
  protocol: 'http' | 'https',
  engine: Engine,
  connections: OpenConnections,
): NamedDoor {
  return {
    door: new GatewayListener({ side, protocol }, engine, connections),
    describe: (port) => ({ side, protocol, port }),
  }
}
