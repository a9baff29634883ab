import { describe, expect, test } from 'vitest'
import { HostNames } from '@/lib/gateway/runtime/host-names.ts'
import type { DomainSnapshot } from '@/lib/snapshot/snapshot.ts'

const domain = (name: string, forceHttps = false): DomainSnapshot => ({
  name,
  side: 'internet',
  certificateId: forceHttps ? 'crt_1' : null,
  forceHttps,
})

const names = new HostNames(
  ['GW.test'],
  [
    domain('api.example.com', true),
    domain('*.example.com'),
    domain('example.com', true),
    domain('xn--fsqu00a.com'),
    domain('*.secure.test', true),
  ],
)

describe("A service's label is found", () => {
  test.each([
    ['demo.gw.test', 'demo'],
    ['demo.api.example.com', 'demo'],
    ['demo.example.com', 'demo'],
    ['qwen-7b.secure.test', 'qwen-7b'],
    ['demo.xn--fsqu00a.com', 'demo'],
  ])('%s', (host, label) => {
    expect(names.labelOf(host)).toBe(label)
  })

  test.each([
    'gw.test',
    'api.example.com',
    'a.demo.gw.test',
    'secure.test',
    'other.com',
    'localhost',
    '',
    '[::1]',
  ])('not in %s', (host) => {
    expect(names.labelOf(host)).toBeNull()
  })

  test('never without any name', () => {
    expect(new HostNames([], []).labelOf('demo.gw.test')).toBeNull()
  })
})

describe('TLS is a must', () => {
  test.each(['api.example.com', 'demo.api.example.com', 'example.com', 'anything.secure.test'])(
    'for %s',
    (host) => {
      expect(names.hasForced && names.isForced(host)).toBe(true)
    },
  )

  test.each([
    // The wildcard stands nearer to it than the name without one.
    'demo.example.com',
    'gw.test',
    'demo.gw.test',
    'a.b.secure.test',
    'evil/.secure.test',
    '.secure.test',
    'unknown.com',
    '',
  ])('not for %s', (host) => {
    expect(names.isForced(host)).toBe(false)
  })

  test('not before there is a certificate', () => {
    const waiting = { ...domain('api.example.com', true), certificateId: null }
    expect(new HostNames([], [waiting]).hasForced).toBe(false)
    expect(new HostNames([], [waiting]).isForced('api.example.com')).toBe(false)
  })

  test('nowhere without a name that says so', () => {
    expect(new HostNames(['gw.test'], [domain('api.example.com')]).hasForced).toBe(false)
  })
})
