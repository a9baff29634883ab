import { lookup, Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { findInHosts } from './hosts-file.ts'

export interface NameAnswer {
  /** IP addresses. Never empty. */
  readonly addresses: readonly string[]
  /** Null where nobody says. */
  readonly ttlSeconds: number | null
}

/** Rejects with an error whose `code` is that of `node:dns`. */
export type ResolveName = (name: string) => Promise<NameAnswer>

interface FamilyAnswer {
  readonly records: ReadonlyArray<{ readonly address: string; readonly ttl: number }>
  readonly error: Error | null
}

export interface ResolverOptions {
  /** `address[:port]`; without: the system's. */
  readonly servers?: readonly string[]
  readonly timeoutMs?: number
  readonly hostsFile?: string
}

/** That a name has no addresses of one family says nothing of the other. */
const hasNone = new Set(['ENODATA', 'ENOTFOUND'])

/**
 * Addresses of both families with the lifetime that DNS gives them. The hosts file goes first; what DNS does not know
 * under the name as it is written, the system is asked for, whose search domains and other sources have no lifetimes.
 */
export function createNameResolver(options: ResolverOptions = {}): ResolveName {
  const { servers = [], timeoutMs = 2_000, hostsFile = '/etc/hosts' } = options
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
  if (servers.length > 0) resolver.setServers(servers)
  return async (name) => {
    if (isIP(name) !== 0) return { addresses: [name], ttlSeconds: null }
    const written = findInHosts(
      await readFile(/* turbopackIgnore: true */ hostsFile, 'utf8').catch(() => ''),
      name,
    )
    if (written.length > 0) return { addresses: reachable(written), ttlSeconds: null }
    const [four, six] = await Promise.all([
      familyAnswer(resolver.resolve4(name, { ttl: true })),
      familyAnswer(resolver.resolve6(name, { ttl: true })),
    ])
    // Half an answer must not take the place of a whole one: without IPv4's, most names have nothing that answers.
    if (six.records.length > 0 && isFailure(four.error)) throw four.error
    const records = [...four.records, ...six.records]
    const addresses = reachable(records.map(({ address }) => address))
    if (addresses.length > 0) return { addresses, ttlSeconds: Math.min(...records.map(({ ttl }) => ttl)) }
    if (servers.length > 0) throw four.error ?? six.error ?? new Error('No address.')
    return askSystem(name, [four, six])
  }
}

async function familyAnswer(asked: Promise<FamilyAnswer['records']>): Promise<FamilyAnswer> {
  try {
    return { records: await asked, error: null }
  } catch (error) {
    return { records: [], error: error instanceof Error ? error : new Error(String(error)) }
  }
}

async function askSystem(name: string, answers: readonly FamilyAnswer[]): Promise<NameAnswer> {
  try {
    const found = await lookup(name, { all: true, verbatim: true })
    return { addresses: reachable(found.map(({ address }) => address)), ttlSeconds: null }
  } catch (error) {
    // What a server of DNS said of itself tells more than that nothing was found.
    throw answers.find((answer) => isFailure(answer.error))?.error ?? error
  }
}

function isFailure(error: Error | null): boolean {
  return error !== null && !hasNone.has(codeOf(error) ?? '')
}

export function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}

/**
 * Without those of a family that this machine has no address of, as `getaddrinfo` does with AI_ADDRCONFIG, where
 * others are left. Of loopback addresses IPv4's: servers on this machine often listen on that alone.
 */
export function reachable(addresses: readonly string[], hasIpv6 = hasGlobalIpv6()): string[] {
  const four = addresses.filter((address) => isIP(address) === 4)
  if (four.length === 0) return [...addresses]
  return addresses.filter((address) => isIP(address) === 4 || (hasIpv6 && address !== '::1'))
}

function hasGlobalIpv6(): boolean {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  return all.some(({ family, internal, address }) => {
    return family === 'IPv6' && !internal && !address.toLowerCase().startsWith('fe80:')
  })
}
