import type * as z from 'zod'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { resolveDomain } from '@/lib/console/domains/resolve-domain.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { origin } from '@/lib/console/inference-services/printed-side.ts'
import { found } from '@/lib/console/not-found.ts'
import { cnameOf, gatewayHost } from '@/lib/control-plane/gateway-names.ts'
import { AppError } from '@/lib/domain/error.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import type { Connectivity, connectivityInput } from '@/lib/domain/gateway-network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getGatewayNames } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { probeGateway } from './probe-gateway.ts'
import { requireGateway } from './require-gateway.ts'
import { sidePort } from './side-addresses.ts'

type Input = z.infer<typeof connectivityInput>
type Side = Input['side']

const timeoutMs = 3000

/**
 * Tries to reach a gateway from the console, as its callers would. Only the gateway's own host is ever dialled: a
 * custom domain that leads elsewhere is reported and left alone.
 */
export async function checkConnectivity(
  idOrName: string,
  { side, domainId }: Input,
  caller: WorkspaceCaller,
): Promise<Connectivity> {
  requirePermission(caller, 'gateways.read')
  const { database, place } = consoleContext()
  const row = await requireGateway(database, idOrName, caller)
  const domain = domainId === null ? null : await requireDomainOf(database, row, side, domainId)
  const isTls = domain?.protocol === 'https'
  const port = await sidePort(database, row, isTls ? `${side}-tls` : side)
  if (port === null) {
    const access = side === 'internet' ? 'Internet access' : 'VPC access'
    throw new AppError('conflict', `${access} of ${row.name} is off. Switch it on first.`)
  }
  const host = gatewayHost(place, namedGateway(row), side)
  const name = domain?.name ?? host
  const url = `${origin({ scheme: isTls ? 'https' : 'http', port }, name)}/`
  if (domain !== null) {
    const lost = await strayDomain(row, side, name)
    if (lost !== null) return { url, from: null, steps: [lost], outcome: 'unreachable' }
  }
  // A custom domain leads to the host that gateways stand on; its own name need not be known to this machine.
  const dialled = domain === null ? host : place.gatewayHost
  return { url, ...(await probeGateway({ host: dialled, port, name, isTls, timeoutMs })) }
}

function namedGateway(row: GatewayRow) {
  return { name: row.name, type: gatewayType.parse(row.type) }
}

async function requireDomainOf(transaction: Transaction, row: GatewayRow, side: Side, id: string) {
  const { domains } = await getGatewayNames(transaction, row.id)
  const domain = found(domains.find((candidate) => candidate.id === id))
  if (domain.side !== (side === 'internet' ? 'public' : 'private')) {
    throw fieldError('domainId', 'other_side', `${domain.name} is a name of the other side.`)
  }
  if (domain.name.startsWith('*.')) {
    throw fieldError('domainId', 'wildcard', 'A wildcard has no address of its own. Check a name below it.')
  }
  return domain
}

async function strayDomain(
  row: GatewayRow,
  side: Side,
  name: string,
): Promise<Connectivity['steps'][number] | null> {
  const { place, dnsServers } = consoleContext()
  const named = namedGateway(row)
  const target = {
    cname: cnameOf(place, named, side) ?? gatewayHost(place, named, side),
    addresses: place.addresses,
  }
  const begun = performance.now()
  const { state, found: where } = await resolveDomain(name, target, { servers: dnsServers, timeoutMs })
  if (state === 'resolves') return null
  const detail =
    state === 'missing' ? 'The name has no address' : `Leads elsewhere: ${where ?? 'nobody knows where'}`
  return { step: 'resolve', ok: false, detail, ms: Math.round(performance.now() - begun) }
}
