import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Peer } from '@/lib/gateway/peer.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { type ClientAddress, clientAddressOf } from '@/lib/gateway/stages/admit/client-address.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

const forwardedForName = 'x-forwarded-for'

/**
 * Who calls. Throws `address_not_allowed` where that address may not, before anything else of the request is looked
 * at. Behind a trusted proxy the address that it forwards counts, and the request is remembered as long as it runs.
 */
export function checkAccess(runtime: Runtime, exchange: Exchange): ClientAddress {
  const { peer, side } = exchange
  const { trustedProxies } = runtime
  const access = runtime.access[side]
  if (!peer.isAmong(trustedProxies)) {
    if (peer.mayCall(access)) return peer.client
    // Nothing that it sends on this connection will fare better.
    exchange.dismiss?.()
    throw addressNotAllowed(side, peer.address)
  }
  const client = clientAddressOf(peer.address, forwardedForOf(exchange.rawHeaders), trustedProxies)
  if (access?.has(client.address) === false) throw addressNotAllowed(side, client.address)
  peer.forwards(exchange, client.address)
  return client
}

/** For bytes that never became a request: what says that this peer's own address may not call; null where it may. */
export function accessRefusal(runtime: Runtime | null, side: GatewaySide, peer: Peer): GatewayError | null {
  return runtime !== null && isRefused(runtime, side, peer) ? addressNotAllowed(side, peer.address) : null
}

/** Whether nothing that this peer sends in its own name is let in. */
export function isRefused({ trustedProxies, access }: Runtime, side: GatewaySide, peer: Peer): boolean {
  return !peer.isAmong(trustedProxies) && !peer.mayCall(access[side])
}

function addressNotAllowed(side: GatewaySide, address: string): GatewayError {
  const where = side === 'internet' ? 'the Internet' : 'a VPC'
  return refusal(
    'address_not_allowed',
    `The address ${address} may not call this gateway from ${where}. Ask the gateway's owner to add it to the whitelist.`,
  )
}

function forwardedForOf(rawHeaders: readonly string[]): string | null {
  let chain: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length !== forwardedForName.length || name.toLowerCase() !== forwardedForName) continue
    const value = rawHeaders[index + 1] as string
    chain = chain === null ? value : `${chain}, ${value}`
  }
  return chain
}
