import { consoleContext } from '@/lib/console/console-context.ts'
import { origin } from '@/lib/console/inference-services/printed-side.ts'
import { gatewayHost } from '@/lib/control-plane/gateway-names.ts'
import type { SideDoor } from '@/lib/control-plane/gateway-place.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import { coversName } from '@/lib/domain/certificate.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listTlsNames } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { listPortsOfGateway } from '@/lib/persistence/port-store.ts'

export interface SideAddresses {
  /** Null: the side is off. `http://localhost:8100` */
  readonly address: string | null
  /** Null also while no certificate of the side is for this host: every handshake with it would be refused. */
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
  const names = await listTlsNames(transaction, gateway.id, side)
  const tlsPort = names.some((served) => servesHost(served, host))
    ? await sidePort(transaction, gateway, `${side}-tls`)
    : null
  return {
    address: port === null ? null : origin({ scheme: 'http', port }, host),
    tlsAddress: tlsPort === null ? null : origin({ scheme: 'https', port: tlsPort }, host),
  }
}

/** Whether a caller that names the host in its handshake gets a certificate, and one that is good for it. */
function servesHost(
  { name, certificate }: Awaited<ReturnType<typeof listTlsNames>>[number],
  host: string,
): boolean {
  if (certificate === null || certificate.notAfter.getTime() <= consoleContext().clock.now()) return false
  const covered = stringList(certificate.names)
  const below = covered.includes(`*.${name}`) ? [`*.${name}`] : []
  return coversName([name, ...below], host) && coversName(covered, host)
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
