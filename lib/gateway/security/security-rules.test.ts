import { describe, expect, test } from 'vitest'
import { SecurityRules } from '@/lib/gateway/security/security-rules.ts'
import type { SecurityRuleSnapshot } from '@/lib/snapshot/snapshot.ts'

function rule(
  action: 'allow' | 'deny',
  cidr: string,
  [portFrom, portTo]: [number, number] = [1, 65_535],
  direction: 'inbound' | 'outbound' = 'inbound',
): SecurityRuleSnapshot {
  return { direction, portFrom, portTo, cidr, action }
}

describe('Without a rule that fits', () => {
  test.each([[[]], [[rule('allow', '10.0.0.0/8')]]])('inbound is denied and outbound allowed', (rules) => {
    const security = new SecurityRules(rules)
    expect(security.admits('192.168.0.1', 8000)).toBe(false)
    expect(security.permits('192.168.0.1', 8000)).toBe(true)
  })
})

describe('The first rule that fits decides', () => {
  test('a hole in an allowed block, and an exception from a denied one', () => {
    const security = new SecurityRules([
      rule('deny', '10.0.0.7'),
      rule('allow', '10.0.0.0/24'),
      rule('deny', '10.0.0.0/8'),
      rule('allow', '0.0.0.0/0'),
    ])
    expect(security.admits('10.0.0.7', 80)).toBe(false)
    expect(security.admits('10.0.0.8', 80)).toBe(true)
    expect(security.admits('10.0.1.8', 80)).toBe(false)
    expect(security.admits('11.0.0.1', 80)).toBe(true)
  })

  test('neighbours of one kind are looked at together, not those beyond another kind', () => {
    const security = new SecurityRules([
      rule('allow', '10.0.0.1'),
      rule('allow', '10.0.0.2'),
      rule('deny', '10.0.0.0/24'),
      rule('allow', '10.0.0.3'),
    ])
    const admitted = [1, 2, 3].map((host) => security.admits(`10.0.0.${host}`, 80))
    expect(admitted).toEqual([true, true, false])
  })

  test('ports count to the last one', () => {
    const security = new SecurityRules([
      rule('deny', '0.0.0.0/0', [8001, 8001]),
      rule('allow', '0.0.0.0/0', [8000, 8002]),
    ])
    const admitted = [7999, 8000, 8001, 8002, 8003].map((port) => security.admits('10.0.0.1', port))
    expect(admitted).toEqual([false, true, false, true, false])
  })

  test('each direction has rules of its own', () => {
    const security = new SecurityRules([
      rule('allow', '10.0.0.0/8'),
      rule('deny', '10.0.0.0/8', [1, 65_535], 'outbound'),
    ])
    expect(security.admits('10.0.0.1', 80)).toBe(true)
    expect(security.permits('10.0.0.1', 80)).toBe(false)
  })
})

test('IPv6 and IPv4 are apart, and a mapped address is the IPv4 one', () => {
  const security = new SecurityRules([rule('allow', '2001:db8::/32'), rule('allow', '10.0.0.0/8')])
  expect(security.admits('2001:db8::1', 80)).toBe(true)
  expect(security.admits('2001:db9::1', 80)).toBe(false)
  expect(security.admits('::ffff:10.0.0.1', 80)).toBe(true)
  expect(security.admits('::ffff:11.0.0.1', 80)).toBe(false)
})

test('what is no address is nobody', () => {
  const security = new SecurityRules([rule('allow', '0.0.0.0/0'), rule('allow', '::/0')])
  expect(security.admits('', 80)).toBe(false)
  expect(security.admits('model.internal', 80)).toBe(false)
})

test('a block that is none is refused', () => {
  expect(() => new SecurityRules([rule('allow', '10.0.0.0/40')])).toThrow()
})
