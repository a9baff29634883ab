import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { daysLeft } from '@/lib/console/certificates/examine-certificate.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { liveNodes } from '@/lib/console/gateways/live-nodes.ts'
import { origin } from '@/lib/console/inference-services/printed-side.ts'
import { cnameOf } from '@/lib/control-plane/gateway-names.ts'
import { type Domain, domain } from '@/lib/domain/domain-name.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import { mayRole } from '@/lib/domain/role.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { countServicesOfGateways, type DomainRow } from '@/lib/persistence/domain-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import { listPortsOfGateway } from '@/lib/persistence/port-store.ts'
import { lastRevisionOfObjects } from '@/lib/persistence/revision-store.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

interface GatewayFacts {
  readonly live: readonly GatewayNodeRow[]
  readonly ports: ReadonlyMap<string, number>
}

const { shape } = domain

/** Rows as the API shows them, in a number of queries that grows with the gateways alone. */
export async function viewDomains(
  transaction: Transaction,
  rows: readonly DomainRow[],
  caller: WorkspaceCaller,
): Promise<Domain[]> {
  const gateways = new Map<string, GatewayFacts>()
  for (const row of rows) {
    if (!gateways.has(row.gatewayId)) gateways.set(row.gatewayId, await factsOf(transaction, row.gateway))
  }
  const services = await countServicesOfGateways(transaction, caller.workspace.id, [...gateways.keys()])
  const ids = rows.map(({ id }) => id)
  const revisions = await lastRevisionOfObjects(transaction, ids)
  return rows.map((row) => {
    const facts = gateways.get(row.gatewayId) ?? { live: [], ports: new Map() }
    return {
      id: row.id,
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      ...ownFields(row),
      ...printedFields(row, facts),
      effect: effectOf(row, facts.live, revisions.get(row.id) ?? 0),
      services: services.get(row.gatewayId) ?? 0,
      editable: row.workspaceId === null ? caller.ownsInstallation : mayRole(caller.role, 'domains.write'),
    }
  })
}

async function factsOf(transaction: Transaction, { id, type }: GatewayRow): Promise<GatewayFacts> {
  const { sharedPorts } = consoleContext().place
  const live = await liveNodes(transaction, id)
  if (type === 'shared') return { live, ports: new Map(Object.entries(sharedPorts)) }
  const ports = await listPortsOfGateway(transaction, id)
  return { live, ports: new Map(ports.map(({ door, port }) => [door, port])) }
}

function ownFields(row: DomainRow) {
  const { gateway, certificate } = row
  const type = gatewayType.parse(gateway.type)
  return {
    name: row.name,
    unicodeName: row.unicodeName,
    gateway: { id: gateway.id, name: gateway.name, type },
    side: shape.side.parse(row.side),
    protocol: shape.protocol.parse(row.protocol),
    forceHttps: row.forceHttps,
    vpcId: row.vpcId,
    certificate: certificate && {
      id: certificate.id,
      name: certificate.name,
      notAfter: certificate.notAfter.toISOString(),
      daysLeft: daysLeft(certificate.notAfter.getTime(), consoleContext().clock.now()),
    },
    automaticCertificate: row.automaticCertificate,
    certificateError: row.certificateError,
    dns: {
      state: shape.dns.shape.state.parse(row.dnsState),
      found: row.dnsFound,
      checkedAt: row.dnsCheckedAt?.toISOString() ?? null,
    },
  }
}

function printedFields({ name, side, protocol, gateway }: DomainRow, { ports }: GatewayFacts) {
  const type = gatewayType.parse(gateway.type)
  const door = sideOf(side)
  const isTls = protocol === 'https'
  const port = ports.get(isTls ? `${door}-tls` : door) ?? (isTls ? 443 : 80)
  return {
    cname: cnameOf(consoleContext().place, { name: gateway.name, type }, door),
    address: origin({ scheme: isTls ? 'https' : 'http', port }, name),
  }
}

export function sideOf(side: string): GatewaySide {
  return side === 'private' ? 'vpc' : 'internet'
}

function effectOf(
  { side, protocol, certificateId, gateway }: DomainRow,
  live: readonly GatewayNodeRow[],
  revision: number,
): Domain['effect'] {
  const isOn = sideOf(side) === 'vpc' ? gateway.vpcEnabled : gateway.internetEnabled
  if (!isOn || live.length === 0) return 'gateway-off'
  if (protocol === 'https' && certificateId === null) return 'waiting-for-certificate'
  return live.every((node) => (node.revision ?? -1) >= revision) ? 'live' : 'publishing'
}
