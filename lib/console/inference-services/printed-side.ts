import { gatewayHost, hostFormParent } from '@/lib/control-plane/gateway-names.ts'
import type { GatewayPlace, SideDoor } from '@/lib/control-plane/gateway-place.ts'
import type { GatewaySide, GatewayType } from '@/lib/snapshot/snapshot.ts'

/** How the addresses of one side of a gateway are printed. */
export interface PrintedSide {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** Host forms stand below it; null: none is printed. */
  readonly hostFormParent: string | null
  /** The custom domain that this is; null: the gateway's own name. */
  readonly domain: string | null
}

export type DoorPorts = ReadonlyMap<string, number>

/** A custom domain as it is stored. */
export interface StoredDomain {
  readonly name: string
  readonly side: string
  readonly protocol: string
  readonly createdAt: Date
  readonly certificate: { readonly names: unknown; readonly notAfter: Date } | null
}

interface SideFacts {
  readonly place: GatewayPlace
  readonly gateway: { readonly name: string; readonly type: GatewayType }
  readonly side: GatewaySide
  /** Of the gateway's doors. */
  readonly ports: DoorPorts
  readonly domains: readonly StoredDomain[]
  readonly now: number
}

/** Custom domains that serve come first: those with TLS, then the newest. Null while the side has no port. */
export function printedSide(facts: SideFacts): PrintedSide | null {
  const { place, gateway, side, ports } = facts
  const plain = portOf(ports, side)
  const tls = portOf(ports, `${side}-tls`)
  if (plain === null) return null
  const domain = preferredDomain(facts, tls !== null)
  if (domain === null) {
    const host = gatewayHost(place, gateway, side)
    const parent = hostFormParent(place, gateway, side)
    return { scheme: 'http', host, port: plain, hostFormParent: parent, domain: null }
  }
  const scheme = domain.protocol === 'https' ? 'https' : 'http'
  const port = scheme === 'https' && tls !== null ? tls : plain
  const parent = mayPrintBelow(domain) ? domain.name.replace(/^\*\./, '') : null
  return { scheme, host: domain.name, port, hostFormParent: parent, domain: domain.name }
}

function portOf(ports: DoorPorts, door: SideDoor): number | null {
  return ports.get(door) ?? null
}

function preferredDomain({ domains, side, now }: SideFacts, hasTls: boolean): StoredDomain | null {
  const serving = domains.filter(
    (domain) => domain.side === (side === 'vpc' ? 'private' : 'public') && serves(domain, hasTls, now),
  )
  const score = (domain: StoredDomain) =>
    (domain.protocol === 'https' ? 2 : 0) + (domain.name.startsWith('*.') ? 0 : 1)
  return (
    serving.sort((a, b) => score(b) - score(a) || b.createdAt.getTime() - a.createdAt.getTime())[0] ?? null
  )
}

/** A name that waits for its certificate, or whose certificate has expired, would only fail. */
function serves({ protocol, certificate }: StoredDomain, hasTls: boolean, now: number): boolean {
  if (protocol !== 'https') return true
  return hasTls && certificate !== null && certificate.notAfter.getTime() > now
}

/** Below a name with TLS only where its certificate covers the names below, too. */
function mayPrintBelow({ name, protocol, certificate }: StoredDomain): boolean {
  if (name.startsWith('*.') || protocol !== 'https') return true
  return Array.isArray(certificate?.names) && certificate.names.includes(`*.${name}`)
}

/** `http://localhost:8080/api/predict/qwen_7b`; below a wildcard only the host form has a name to stand on. */
export function pathEndpoint(side: PrintedSide, service: string): string {
  if (side.host.startsWith('*.')) return hostEndpoint(side, service) ?? ''
  return `${origin(side, side.host)}/api/predict/${service}`
}

/** `http://qwen-7b.localhost:8080`: a host name has no `_`, so it is written `-`. */
export function hostEndpoint(side: PrintedSide, service: string): string | null {
  if (side.hostFormParent === null) return null
  return origin(side, `${service.replaceAll('_', '-')}.${side.hostFormParent}`)
}

/** The default ports of http and https are left out. */
export function origin({ scheme, port }: Pick<PrintedSide, 'scheme' | 'port'>, host: string): string {
  const usual = scheme === 'https' ? 443 : 80
  return port === usual ? `${scheme}://${host}` : `${scheme}://${host}:${port}`
}
