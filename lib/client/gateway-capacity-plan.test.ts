import { expect, test } from 'vitest'
import { type ExpectedLoad, gatewayCapacity, planCapacity } from './gateway-capacity-plan.ts'

const quiet: ExpectedLoad = { requestsPerSecond: 100, bodyKb: 1, connections: 500, https: false }

test.each([
  ['a quiet service', quiet, { spec: '2c4g', nodes: 2, reason: 'failover' }],
  ['many requests', { ...quiet, requestsPerSecond: 8000 }, { spec: '4c8g', nodes: 2, reason: 'failover' }],
  ['more requests', { ...quiet, requestsPerSecond: 20_000 }, { spec: '4c8g', nodes: 5, reason: 'requests' }],
  ['open connections', { ...quiet, connections: 70_000 }, { spec: '4c8g', nodes: 3, reason: 'connections' }],
  [
    'handshakes',
    { ...quiet, connections: 70_000, https: true },
    { spec: '8c16g', nodes: 3, reason: 'handshakes' },
  ],
  [
    'large bodies',
    { ...quiet, requestsPerSecond: 1000, bodyKb: 1024 },
    { spec: '2c4g', nodes: 9, reason: 'bandwidth' },
  ],
] as const)('recommends for %s', (_name, load, plan) => {
  expect(planCapacity(load)).toEqual(plan)
})

test('never plans above the largest gateway', () => {
  expect(planCapacity({ ...quiet, requestsPerSecond: 346_660 })).toMatchObject({ spec: '16c32g', nodes: 20 })
  expect(planCapacity({ ...quiet, requestsPerSecond: 346_661 })).toBeNull()
})

test('adds nodes up', () => {
  expect(gatewayCapacity('4c8g', 3)).toEqual({
    cpus: 12,
    memoryGb: 24,
    requestsPerSecond: 12_999,
    connections: 72_000,
    bandwidthGbits: 6,
  })
})
