import { expect, test } from 'vitest'
import { defaultRateLimits, gatewayLimitsInput } from '@/lib/domain/gateway.ts'
import { changesOf, gatewaySettingsValues, valuesOf } from './gateway-settings-values.ts'

const gateway = {
  limits: gatewayLimitsInput.parse(defaultRateLimits.shared),
  trustedProxies: ['10.0.0.0/8'],
  proxyProtocol: { internet: false, vpc: false },
}
const base = valuesOf(gateway)

test('sends only what differs', () => {
  expect(changesOf(base, { ...base, requestMs: 60_000 })).toEqual({ limits: { requestMs: 60_000 } })
  expect(changesOf(base, { ...base, trustedProxies: '10.0.0.0/8, 2001:db8::/32' })).toEqual({
    trustedProxies: ['10.0.0.0/8', '2001:db8::/32'],
  })
  expect(changesOf(base, { ...base, trustedProxies: '' })).toEqual({ trustedProxies: [] })
  expect(changesOf(base, { ...base, connectionsMax: 500, requestsInFlightMax: 100 })).toEqual({
    limits: { connectionsMax: 500, requestsInFlightMax: 100 },
  })
})

test('sends nothing when only spaces moved', () => {
  expect(changesOf(base, { ...base, trustedProxies: ' 10.0.0.0/8\n' })).toBeNull()
  expect(changesOf(base, valuesOf(gateway))).toBeNull()
})

test('takes a rate limit away with null and keeps its number for when it comes back', () => {
  const off = { enabled: false, value: 10_000 } as const
  expect(changesOf(base, { ...base, requestsPerSecond: off })).toEqual({
    limits: { requestsPerSecond: null },
  })
  const without = valuesOf({ ...gateway, limits: { ...gateway.limits, requestsPerSecondPerService: null } })
  expect(without.requestsPerSecondPerService).toEqual({ enabled: false, value: 1000 })
  const on = { enabled: true, value: 1000 } as const
  expect(changesOf(without, { ...without, requestsPerSecondPerService: on })).toEqual({
    limits: { requestsPerSecondPerService: 1000 },
  })
})

test('does not check a rate limit that is off', () => {
  const off = { enabled: false, value: 0 }
  expect(gatewaySettingsValues.safeParse({ ...base, requestsPerSecond: off }).success).toBe(true)
  const on = { enabled: true, value: 0 }
  expect(gatewaySettingsValues.safeParse({ ...base, requestsPerSecond: on }).success).toBe(false)
})

test('asks for trusted proxies before it lets a side await the PROXY protocol', () => {
  const awaiting = { ...base, proxyProtocol: { internet: true, vpc: false } }
  expect(changesOf(base, awaiting)).toEqual({ proxyProtocol: { internet: true, vpc: false } })
  expect(gatewaySettingsValues.safeParse(awaiting).success).toBe(true)
  const nobody = gatewaySettingsValues.safeParse({ ...awaiting, trustedProxies: ' ' })
  expect(nobody.error?.issues.map(({ path }) => path.join('.'))).toEqual(['trustedProxies'])
})

test.each(['10.0.0.5', '10.0.0.0/33', 'office'])('refuses %j as an address block', (text) => {
  expect(gatewaySettingsValues.safeParse({ ...base, trustedProxies: text }).success).toBe(false)
})
