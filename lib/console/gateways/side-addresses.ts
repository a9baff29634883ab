import { consoleContext } from '@/lib/console/console-context.ts'
import { origin } from '@/lib/console/inference-services/printed-side.ts'
import { gatewayHost } from '@/lib/control-plane/gateway-names.ts'
import type { SideDoor } from '@/lib/control-plane/gateway-place.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { hasServedCertificate } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { listPortsOfGateway } from '@/lib/persistence/port-store.ts'

export interface SideAddresses {
  /** Null: the side is off. `http://localhost:8100` */
  readonly address: string | null
  /** Null also while no domain of the side has a certificate: every handshake would be refused. */
  readonly tlsAddress: string | null
}

/** A gateway's own addresses on one side, without custom domains. */
export async function sideAddresses(
  transaction: Transaction,
  gateway: GatewayRow,
  side: 'internet' | 'vpc',
): Promise<SideAddresses> {
  const { place } = consoleContext()
  const host = gatewayHost(place, { name: gateway.name, type: gatewayType.parse(gateway.type) }, side)
  const port = await sidePort(transaction, gateway, side)
  const hasCertificate = await hasServedCertificate(transaction, gateway.id, side)
  const tlsPort = hasCertificate ? await sidePort(transaction, gateway, `${side}-tls`) : null
  return {
    address: port === null ? null : origin({ scheme: 'http', port }, host),
    tlsAddress: tlsPort === null ? null : origin({ scheme: 'https', port: tlsPort }, host),
  }
}

/** Null: the side is off. */
export async function sidePort(
  transaction: Transaction,
  gateway: GatewayRow,
  door: SideDoor,
): Promise<number | null> {
  const isOn = door.startsWith('internet') ? gateway.internetEnabled : gateway.vpcEnabled
  if (!isOn) return null
  if (gateway.type === 'shared') return consoleContext().place.sharedPorts[door]
  const ports = await listPortsOfGateway(transaction, gateway.id)
  return ports.find((port) => port.door === door)?.port ?? null
}
