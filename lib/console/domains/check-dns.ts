import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { cnameOf, gatewayHost } from '@/lib/control-plane/gateway-names.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import { type DomainRow, noteOnDomain } from '@/lib/persistence/domain-store.ts'
import { domainPublished } from './domain-published.ts'
import { getDomain } from './get-domain.ts'
import { requireDomain } from './require-domain.ts'
import { resolveDomain } from './resolve-domain.ts'
import { sideOf } from './view-domains.ts'

const timeoutMs = 2000

/** Asks the DNS now, and keeps what it said. */
export async function checkDns(idOrName: string, caller: WorkspaceCaller): Promise<Domain> {
  requirePermission(caller, 'domains.write')
  const { database, clock, dnsServers } = consoleContext()
  const row = await requireDomain(database, idOrName, caller)
  const { state, found } = await resolveDomain(row.name, targetOf(row), { servers: dnsServers, timeoutMs })
  await noteOnDomain(database, row.id, {
    dnsState: state,
    dnsFound: found,
    dnsCheckedAt: new Date(clock.now()),
  })
  domainPublished([], row.workspaceId, { id: row.id, version: row.version })
  return await getDomain(row.id, caller)
}

function targetOf({ side, gateway }: DomainRow) {
  const { place } = consoleContext()
  const named = { name: gateway.name, type: gatewayType.parse(gateway.type) }
  const door = sideOf(side)
  // Without a domain name of the installation a CNAME may still lead to the host that gateways are printed with.
  return {
    cname: cnameOf(place, named, door) ?? gatewayHost(place, named, door),
    addresses: place.addresses,
  }
}
