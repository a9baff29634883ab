import { expect, test } from 'vitest'
import type { Certificate } from '@/lib/domain/certificate.ts'
import {
  automaticRefusal,
  bestCertificate,
  certificateFit,
  domainValues,
  newTlsValues,
  toCreateDomain,
} from './domain-form-values.ts'

function certificate(id: string, names: string[], daysLeft = 90): Certificate {
  const notAfter = new Date(Date.UTC(2027, 0, 1 + daysLeft)).toISOString()
  return {
    id,
    version: 1,
    createdAt: notAfter,
    updatedAt: notAfter,
    name: id,
    source: 'uploaded',
    installation: false,
    subject: names[0] ?? '',
    names,
    issuer: 'Test CA',
    keyType: 'EC prime256v1',
    notBefore: notAfter,
    notAfter,
    daysLeft,
    fingerprint: '00',
    chainLength: 1,
    usedBy: [],
    editable: true,
  }
}

const certificates = [
  certificate('expired', ['api.example.com'], -1),
  certificate('short', ['api.example.com'], 10),
  certificate('wild', ['*.example.com'], 60),
  certificate('other', ['www.example.org'], 300),
]
const values = {
  ...newTlsValues,
  gatewayId: 'gw_1',
  name: 'api.example.com',
  side: 'public' as const,
  vpcId: 'vpc_1',
}

test('takes the certificate that covers the name and lasts longest', () => {
  expect(bestCertificate('api.example.com', certificates)?.id).toBe('wild')
  expect(bestCertificate('a.b.example.com', certificates)).toBeUndefined()
  expect(certificates.map((each) => certificateFit(each, 'api.example.com'))).toEqual([
    'expired',
    'fits',
    'fits',
    'another-name',
  ])
  expect(certificateFit(certificate('idn', ['xn--bcher-kva.example']), 'bücher.example')).toBe('fits')
})

test('sends what the choices come to', () => {
  expect(toCreateDomain(values, certificates)).toEqual({
    gatewayId: 'gw_1',
    name: 'api.example.com',
    side: 'public',
    vpcId: null,
    protocol: 'https',
    forceHttps: true,
    automaticCertificate: false,
    certificateId: 'wild',
  })
  expect(toCreateDomain({ ...values, certificateId: 'short' }, certificates).certificateId).toBe('short')
  expect(toCreateDomain({ ...values, certificate: 'automatic' }, certificates)).toMatchObject({
    automaticCertificate: true,
    certificateId: null,
  })
  expect(toCreateDomain({ ...values, protocol: 'http', side: 'private' }, certificates)).toMatchObject({
    forceHttps: false,
    certificateId: null,
    vpcId: 'vpc_1',
  })
})

test('orders certificates for public names without wildcard only', () => {
  expect(automaticRefusal('api.example.com', 'public')).toBeNull()
  expect(automaticRefusal('*.example.com', 'public')).toBe('wildcard')
  expect(automaticRefusal('api.example.com', 'private')).toBe('private')
})

test.each(['example', '-a.example.com', 'http://api.example.com', ''])('refuses %j as a name', (name) => {
  expect(domainValues.safeParse({ ...values, name }).success).toBe(false)
})
