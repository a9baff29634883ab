import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { AddressSet } from '@/lib/addresses/address-set.ts'

const mappedPrefix = '::ffff:'

export interface ClientAddress {
  readonly address: string
  /** The chain for the instance. What an untrusted caller claims is not part of it. */
  readonly forwardedFor: string
}

/**
 * The socket's address, or behind a trusted proxy the right-most hop of `X-Forwarded-For` that no trusted
 * proxy owns. A forged header from anyone else changes nothing.
 */
export function clientAddressOf(
  peer: string,
  forwardedFor: string | null,
  trusted: AddressSet,
): ClientAddress {
  const socketAddress = plainAddress(peer)
  if (forwardedFor === null || trusted.isEmpty || !trusted.has(socketAddress)) {
    return { address: socketAddress, forwardedFor: socketAddress }
  }
  const address = nearestUntrusted(forwardedFor, socketAddress, trusted)
  return { address, forwardedFor: `${forwardedFor}, ${socketAddress}` }
}

function nearestUntrusted(forwardedFor: string, socketAddress: string, trusted: AddressSet): string {
  const hops = forwardedFor.split(',')
  let nearest = socketAddress
  for (let index = hops.length - 1; index >= 0; index--) {
    const address = hopAddress((hops[index] as string).trim())
    // What stands left of an unreadable hop was not vouched for by anyone trusted.
    if (address === null) return nearest
    nearest = address
    if (!trusted.has(address)) return nearest
  }
  return nearest
}

/** IPv4 as such where a socket shows it as a mapped address. */
export function plainAddress(address: string): string {
  return address.startsWith(mappedPrefix) && address.includes('.')
    ? address.slice(mappedPrefix.length)
    : address
}

/** `1.2.3.4`, `1.2.3.4:5`, `2001:db8::1` and `[2001:db8::1]:5` are all seen in the wild. Null for anything else. */
function hopAddress(hop: string): string | null {
  if (isIPv4(hop)) return hop
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hop)
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop)
  const text = bracketed?.[1] ?? withPort?.[1] ?? hop
  if (isIPv4(text)) return text
  if (!isIPv6(text)) return null
  const zone = text.indexOf('%')
  return ipaddr.process(zone === -1 ? text : text.slice(0, zone)).toString()
}
