import { describe, expect, test, vi } from 'vitest'
import { AddressSet } from '@/lib/addresses/address-set.ts'
import { GatewayError } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import { Peer } from '@/lib/gateway/peer.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { accessRefusal, checkAccess } from '@/lib/gateway/stages/admit/check-access.ts'

const trustedProxies = new AddressSet(['10.0.0.0/8'])

function runtime(...internet: string[]): Runtime {
  return { trustedProxies, access: { internet: new AddressSet(internet), vpc: null } } as unknown as Runtime
}

function exchangeOf(peer: Peer, rawHeaders: string[] = [], side = 'internet') {
  return { peer, rawHeaders, side, dismiss: vi.fn(), destroy: vi.fn() } as unknown as Exchange
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof GatewayError) return error.code
    throw error
  }
  return 'allowed'
}

describe("A caller's own address", () => {
  test('is looked up once for each list, however many requests come', () => {
    const some = runtime('192.0.2.0/24')
    const has = vi.spyOn(some.access.internet as AddressSet, 'has')
    const peer = new Peer('::ffff:192.0.2.7')
    for (let count = 0; count < 3; count++) {
      expect(checkAccess(some, exchangeOf(peer)).address).toBe('192.0.2.7')
    }
    expect(has).toHaveBeenCalledTimes(1)
    expect(codeOf(() => checkAccess(runtime('192.0.2.8'), exchangeOf(peer)))).toBe('address_not_allowed')
    expect(codeOf(() => checkAccess(some, exchangeOf(peer)))).toBe('allowed')
  })

  test('that is refused ends its connection; whom it claims to speak for changes nothing', () => {
    const exchange = exchangeOf(new Peer('203.0.113.9'), ['X-Forwarded-For', '192.0.2.7'])
    expect(codeOf(() => checkAccess(runtime('192.0.2.0/24'), exchange))).toBe('address_not_allowed')
    expect(exchange.dismiss).toHaveBeenCalledTimes(1)
  })

  test('is of no concern on a side that is open to everybody', () => {
    expect(codeOf(() => checkAccess(runtime(), exchangeOf(new Peer('203.0.113.9'), [], 'vpc')))).toBe(
      'allowed',
    )
    expect(codeOf(() => checkAccess(runtime(), exchangeOf(new Peer('203.0.113.9'))))).toBe(
      'address_not_allowed',
    )
  })

  test('decides about bytes that are no request, unless it is a trusted proxy', () => {
    const some = runtime('192.0.2.0/24')
    expect(accessRefusal(some, 'internet', new Peer('203.0.113.9'))?.code).toBe('address_not_allowed')
    expect(accessRefusal(some, 'internet', new Peer('192.0.2.7'))).toBeNull()
    expect(accessRefusal(some, 'internet', new Peer('10.0.0.1'))).toBeNull()
    expect(accessRefusal(null, 'internet', new Peer('203.0.113.9'))).toBeNull()
  })
})

describe('Behind a trusted proxy', () => {
  const via = (peer: Peer, ...chain: string[]) =>
    exchangeOf(
      peer,
      chain.flatMap((value) => ['x-Forwarded-FOR', value]),
    )

  test('the forwarded address decides, and the connection goes on', () => {
    const peer = new Peer('10.0.0.1')
    const some = runtime('192.0.2.0/24')
    expect(checkAccess(some, via(peer, '203.0.113.9', '192.0.2.7'))).toEqual({
      address: '192.0.2.7',
      forwardedFor: '203.0.113.9, 192.0.2.7, 10.0.0.1',
    })
    const refused = via(peer, '192.0.2.7', '203.0.113.9')
    expect(codeOf(() => checkAccess(some, refused))).toBe('address_not_allowed')
    expect(refused.dismiss).not.toHaveBeenCalled()
  })

  test('requests under way are broken off by the address that was judged, finished ones are not', () => {
    const peer = new Peer('10.0.0.1')
    const everybody = runtime('0.0.0.0/0')
    const [kept, broken, over] = [via(peer, '192.0.2.7'), via(peer, '192.0.2.8'), via(peer, '192.0.2.8')]
    for (const exchange of [kept, broken, over]) checkAccess(everybody, exchange)
    peer.finished(over)
    peer.breakOffForwarded(new AddressSet(['192.0.2.7']))
    expect(broken.destroy).toHaveBeenCalledTimes(1)
    expect(kept.destroy).not.toHaveBeenCalled()
    expect(over.destroy).not.toHaveBeenCalled()
  })
})
