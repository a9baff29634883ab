import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { buildConnector } from 'undici'
import type { EgressPolicy } from '@/lib/snapshot/snapshot.ts'
import { AddressSet } from './address-set.ts'

/** Dialling stopped because the policy forbids every address that the name resolves to. */
export class EgressDenied extends Error {
  override readonly name = 'EgressDenied'
  readonly code = 'EGRESS_DENIED'
}

/** The egress policy with its blocks parsed. */
export class EgressGuard {
  readonly #denied: AddressSet
  readonly #allowed: AddressSet

  constructor(policy: EgressPolicy) {
    this.#denied = new AddressSet(policy.denyCidrs)
    this.#allowed = new AddressSet(policy.allowCidrs)
  }

  permits(address: string): boolean {
    return !this.#denied.has(address) || this.#allowed.has(address)
  }
}

export interface DialOffers {
  readonly allowH2: boolean
  readonly allowHalfOpen?: boolean
  /** Dialled in place of the host, which stays what is asked for in `Host` and SNI. */
  readonly address?: string | null
  /** Whom to trust and which certificate to show; prepared once, because reading PEM costs more than a handshake. */
  readonly secureContext?: SecureContext
  /** SNI, and the name that the certificate must have, in place of the host. */
  readonly servername?: string
}

/**
 * Connects and checks the very address that is dialled: literal ones before dialling, resolved ones
 * in the look-up whose answer the socket uses, so a second DNS answer cannot differ from the checked one.
 */
export function createGuardedConnector(
  guard: EgressGuard,
  connectTimeoutMs: number,
  { address = null, ...offers }: DialOffers = { allowH2: false },
): buildConnector.connector {
  const connect = buildConnector({
    ...offers,
    timeout: connectTimeoutMs,
    lookup: guardedLookup(guard),
    autoSelectFamily: true,
    // undici leaves these out of its own type although they go straight to net.connect.
  } as buildConnector.BuildOptions)
  // A connector belongs to one origin, whose literal address does not change its answer.
  let literal = { hostname: '', isPermitted: true }
  return (options, callback) => {
    const hostname = address ?? options.hostname.replace(/^\[|\]$/g, '')
    if (literal.hostname !== hostname) {
      literal = { hostname, isPermitted: isIP(hostname) === 0 || guard.permits(hostname) }
    }
    if (!literal.isPermitted) {
      queueMicrotask(() => callback(new EgressDenied('The address may not be dialled.'), null))
      return
    }
    connect({ ...options, hostname }, callback)
  }
}

function guardedLookup(guard: EgressGuard): LookupFunction {
  return permittedLookup((address) => guard.permits(address))
}

/** Answers with the addresses of a name that may be dialled, and fails with `EgressDenied` where there is none. */
export function permittedLookup(permits: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 4)
        return
      }
      const permitted = addresses.filter(({ address }) => permits(address))
      const [first] = permitted
      if (first === undefined) callback(new EgressDenied('Every address of the name is denied.'), '', 4)
      else if (options.all === true) callback(null, permitted as LookupAddress[])
      else callback(null, first.address, first.family)
    })
  }
}
