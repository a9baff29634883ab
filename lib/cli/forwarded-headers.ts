import type { IncomingHttpHeaders } from 'node:http'
import ipaddr from 'ipaddr.js'
import { CliError } from './cli-error.ts'

type Block = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** Headers by which proxies speak of the client. From anyone else they are claims, and claims are dropped. */
const claims = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
]

/** `10.0.0.0/8, ::1` → blocks. Throws on what is no address. */
export function parseTrustedProxies(text: string): readonly Block[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      try {
        return entry.includes('/') ? ipaddr.parseCIDR(entry) : singleAddress(ipaddr.parse(entry))
      } catch (cause) {
        throw new CliError(`SWITCHYARD_TRUSTED_PROXIES: ${entry} is not an address or a CIDR block.`, {
          cause,
        })
      }
    })
}

function singleAddress(address: ipaddr.IPv4 | ipaddr.IPv6): Block {
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/**
 * Puts what this server knows in the place of what the request claims, so that everything behind may believe
 * `x-forwarded-for` (one address), `-proto` and `-host`. Mutates `headers`.
 */
export function setForwardedHeaders(
  headers: IncomingHttpHeaders,
  socket: { remoteAddress?: string | undefined; encrypted?: boolean | undefined },
  trusted: readonly Block[],
): void {
  const peer = normalize(socket.remoteAddress)
  const believed = peer !== null && isTrusted(peer, trusted)
  const hops = believed ? listOf(headers['x-forwarded-for']) : []
  const claimedProto = believed ? listOf(headers['x-forwarded-proto']).at(-1) : undefined
  const claimedHost = believed ? listOf(headers['x-forwarded-host']).at(-1) : undefined
  for (const name of claims) delete headers[name]
  headers['x-forwarded-for'] = rightmostUntrusted(hops, trusted) ?? peer?.toString() ?? '0.0.0.0'
  headers['x-forwarded-proto'] =
    claimedProto === 'https' || claimedProto === 'http' ? claimedProto : socket.encrypted ? 'https' : 'http'
  const host = claimedHost ?? headers.host
  if (host !== undefined) headers['x-forwarded-host'] = host
}

/** Reads from the right, because only the right end was written by proxies of ours. */
function rightmostUntrusted(hops: readonly string[], trusted: readonly Block[]): string | null {
  let nearest: string | null = null
  for (const hop of [...hops].reverse()) {
    const address = normalize(hop)
    if (address === null) return nearest
    nearest = address.toString()
    if (!isTrusted(address, trusted)) return nearest
  }
  return nearest
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '')
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function isTrusted(address: ipaddr.IPv4 | ipaddr.IPv6, trusted: readonly Block[]): boolean {
  return trusted.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
}

/** IPv4 addresses arrive as `::ffff:1.2.3.4` on dual-stack sockets, and some proxies add the port. */
function normalize(text: string | undefined): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = (text ?? '').replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null
}
