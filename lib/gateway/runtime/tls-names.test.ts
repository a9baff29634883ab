import { describe, expect, test } from 'vitest'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import { buildTls, type RuntimeTls } from '@/lib/gateway/runtime/tls-names.ts'
import { makeCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import { runAtOnce } from '@/lib/platform/slices.ts'
import type { CertificateSnapshot, DomainSnapshot, GatewaySide } from '@/lib/snapshot/snapshot.ts'

const { cert, key } = makeCertificate('one.test', 'two.test')
const covering = makeCertificate('three.test', '*.three.test')
const plain: CertificateSnapshot = { id: 'plain', chain: cert, key }
const wide: CertificateSnapshot = { id: 'wide', chain: covering.cert, key: covering.key }

function domain(name: string, certificateId: string | null, side: GatewaySide = 'internet'): DomainSnapshot {
  return { name, side, certificateId, forceHttps: false }
}

function build(
  certificates: CertificateSnapshot[],
  domains: DomainSnapshot[],
  previous: RuntimeTls | null = null,
) {
  return runAtOnce(buildTls({ certificates, domains }, previous))
}

describe('The certificate of a name', () => {
  test('is that of its domain on that side, and there is none elsewhere', () => {
    const tls = build([plain, wide], [domain('one.test', 'plain'), domain('three.test', 'wide', 'vpc')])
    expect(tls.internet.certificateOf('one.test')?.snapshot).toBe(plain)
    expect(tls.internet.certificateOf('two.test')).toBeNull()
    expect(tls.internet.certificateOf('three.test')).toBeNull()
    expect(tls.vpc.certificateOf('three.test')?.snapshot).toBe(wide)
    expect(tls.vpc.certificateOf('one.test')).toBeNull()
  })

  test('of a wildcard domain is that of one label more, not of two and not of none', () => {
    const { internet } = build([wide], [domain('*.three.test', 'wide')])
    expect(internet.certificateOf('a.three.test')?.snapshot).toBe(wide)
    expect(internet.certificateOf('a.b.three.test')).toBeNull()
    expect(internet.certificateOf('three.test')).toBeNull()
    expect(internet.certificateOf('test')).toBeNull()
  })

  test('is good for host forms below a domain only where it covers them', () => {
    const { internet } = build([plain, wide], [domain('one.test', 'plain'), domain('three.test', 'wide')])
    expect(internet.certificateOf('demo.three.test')?.snapshot).toBe(wide)
    expect(internet.certificateOf('demo.one.test')).toBeNull()
  })

  test('of a wildcard domain goes before one that would cover the name too', () => {
    const domains = [domain('three.test', 'wide'), domain('*.three.test', 'plain')]
    const { internet } = build([plain, wide], domains)
    expect(internet.certificateOf('demo.three.test')?.snapshot).toBe(plain)
    expect(internet.certificateOf('three.test')?.snapshot).toBe(wide)
  })

  test('that nobody named is the only one of a side, however many names it has', () => {
    const domains = [domain('one.test', 'plain'), domain('two.test', 'plain'), domain('four.test', null)]
    expect(build([plain], domains).internet.certificateOf(null)?.snapshot).toBe(plain)
    expect(build([plain], domains).vpc.certificateOf(null)).toBeNull()
    const more = [...domains, domain('three.test', 'wide')]
    expect(build([plain, wide], more).internet.certificateOf(null)).toBeNull()
  })
})

describe('A certificate', () => {
  test('is read again only when its text changed', () => {
    const first = build([plain, wide], [])
    const again = build([{ ...plain }, { ...wide, ...{ chain: cert, key } }], [], first)
    expect(again.certificates.get('plain')).toBe(first.certificates.get('plain'))
    expect(again.certificates.get('wide')).not.toBe(first.certificates.get('wide'))
  })

  test.each([
    ['no PEM', { ...plain, chain: 'nonsense' }],
    ['the key of another', { ...plain, key: covering.key }],
  ])('with %s is refused with its snapshot', (_what, broken) => {
    expect(() => build([broken], [])).toThrow(SnapshotRefused)
  })

  test('that a domain names must be there', () => {
    expect(() => build([], [domain('one.test', 'gone')])).toThrow('The certificate of one.test is missing.')
  })
})
