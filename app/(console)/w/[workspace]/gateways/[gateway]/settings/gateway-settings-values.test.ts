import { expect, test } from 'vitest'
import { changesOf, gatewaySettingsValues, valuesOf } from './gateway-settings-values.ts'

const base = valuesOf({
  limits: {
    requestBodyBytesMax: 1_048_576,
    clientIdleMs: 600_000,
    upstreamConnectMs: 5000,
    upstreamIdleMs: 120_000,
    requestMs: 600_000,
  },
  trustedProxies: ['10.0.0.0/8'],
})

test('sends only what differs', () => {
  expect(changesOf(base, { ...base, requestMs: 60_000 })).toEqual({ limits: { requestMs: 60_000 } })
  expect(changesOf(base, { ...base, trustedProxies: '10.0.0.0/8, 2001:db8::/32' })).toEqual({
    trustedProxies: ['10.0.0.0/8', '2001:db8::/32'],
  })
  expect(changesOf(base, { ...base, trustedProxies: '' })).toEqual({ trustedProxies: [] })
})

test('sends nothing when only spaces moved', () => {
  expect(changesOf(base, { ...base, trustedProxies: ' 10.0.0.0/8\n' })).toBeNull()
})

test.each(['10.0.0.5', '10.0.0.0/33', 'office'])('refuses %j as an address block', (text) => {
  expect(gatewaySettingsValues.safeParse({ ...base, trustedProxies: text }).success).toBe(false)
})
