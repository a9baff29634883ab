import { Resolver } from 'node:dns/promises'

export interface DnsFinding {
  readonly state: 'resolves' | 'missing' | 'elsewhere' | 'unknown'
  /** Where it leads, or why nobody knows. */
  readonly found: string | null
}

export interface DnsTarget {
  /** What a CNAME record should name; null: the installation has no domain name of its own. */
  readonly cname: string | null
  /** Where an address record may lead besides. */
  readonly addresses: readonly string[]
}

export interface DnsOptions {
  /** `address[:port]`; empty: the system's. */
  readonly servers: readonly string[]
  readonly timeoutMs: number
}

const chainMax = 8
/** A label that nobody has: under a wildcard it answers as every other one. */
const probe = 'switchyard-dns-check'

/** Asks the DNS where callers of a name are led. Takes no longer than a few times `timeoutMs`. */
export async function resolveDomain(
  name: string,
  target: DnsTarget,
  { servers, timeoutMs }: DnsOptions,
): Promise<DnsFinding> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
  try {
    if (servers.length > 0) resolver.setServers([...servers])
    const asked = name.startsWith('*.') ? `${probe}.${name.slice(2)}` : name
    return await follow(resolver, asked, target)
  } catch (error) {
    return { state: 'unknown', found: `The DNS servers did not answer (${codeOf(error)}).` }
  } finally {
    resolver.cancel()
  }
}

async function follow(resolver: Resolver, name: string, target: DnsTarget): Promise<DnsFinding> {
  const chain = await aliasesOf(resolver, name)
  if (target.cname !== null && chain.includes(target.cname)) {
    return { state: 'resolves', found: `CNAME ${target.cname}` }
  }
  const addresses = await addressesOf(resolver, name)
  const alias = chain.at(-1)
  if (addresses.length === 0) {
    // An alias that leads nowhere is a record all the same: a wrong one.
    return alias === undefined
      ? { state: 'missing', found: null }
      : { state: 'elsewhere', found: `CNAME ${alias}` }
  }
  const cnameAddresses = target.cname === null ? [] : await addressesOf(resolver, target.cname)
  const ours = new Set([...target.addresses, ...cnameAddresses])
  const found = [...(alias === undefined ? [] : [`CNAME ${alias}`]), ...addresses].join(', ')
  return { state: addresses.every((address) => ours.has(address)) ? 'resolves' : 'elsewhere', found }
}

async function aliasesOf(resolver: Resolver, name: string): Promise<string[]> {
  const chain: string[] = []
  for (let next: string | undefined = name; next !== undefined && chain.length < chainMax; ) {
    const [alias]: string[] = await orNone(resolver.resolveCname(next))
    next = alias?.toLowerCase().replace(/\.$/, '')
    if (next !== undefined && chain.includes(next)) break
    if (next !== undefined) chain.push(next)
  }
  return chain
}

async function addressesOf(resolver: Resolver, name: string): Promise<string[]> {
  const [four, six] = await Promise.all([orNone(resolver.resolve4(name)), orNone(resolver.resolve6(name))])
  return [...four, ...six].sort()
}

/** No such name, and a name without such a record, are answers; anything else is none. */
async function orNone(asking: Promise<string[]>): Promise<string[]> {
  try {
    return await asking
  } catch (error) {
    if (['ENOTFOUND', 'ENODATA'].includes(codeOf(error))) return []
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
