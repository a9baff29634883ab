import { expect, test } from 'vitest'
import { objectHref } from './object-href.ts'

test.each([
  ['inference-service', '/w/acme/inference-services/svc_1'],
  ['model-api', '/w/acme/model-apis/svc_1'],
  ['consumer', '/w/acme/consumers/svc_1'],
  ['gateway', '/w/acme/gateways/svc_1'],
  ['vpc', '/w/acme/networks?open=svc_1'],
  ['vswitch', '/w/acme/networks/vswitches?open=svc_1'],
  ['security-group', '/w/acme/networks/security-groups?open=svc_1'],
  ['certificate', '/w/acme/certificates?open=svc_1'],
  ['domain', '/w/acme/domains?open=svc_1'],
  ['api-token', '/w/acme/settings/tokens'],
  ['something-new', null],
])('a %s leads to %s', (kind, href) => {
  expect(objectHref('acme', { kind, id: 'svc_1' })).toBe(href)
})

test('keeps an id inside its segment', () => {
  expect(objectHref('acme', { kind: 'gateway', id: '../x' })).toBe('/w/acme/gateways/..%2Fx')
})
