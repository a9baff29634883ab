import { expect, test } from 'vitest'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { setupSteps } from './gateway-setup.ts'

const off = {
  type: 'managed' as Gateway['type'],
  internet: {
    enabled: false,
    address: null,
    tlsAddress: null,
    vpcId: null,
    vswitchIds: [] as string[],
    whitelistBlocks: 0,
  },
  vpc: { enabled: false, address: null, tlsAddress: null, vpcs: 0 },
  domains: 0,
  services: 0,
  requests24h: 0,
}
const on = { ...off, internet: { ...off.internet, enabled: true } }

const states = (gateway: Parameters<typeof setupSteps>[0]) =>
  setupSteps(gateway)?.map(({ id, state }) => `${id} ${state}`)

test('begins with the network', () => {
  expect(states(off)).toEqual(['network next', 'whitelist open', 'domain open', 'service open', 'call open'])
})

test('goes on with what is missing, never with the domain', () => {
  expect(states(on)).toEqual(['network done', 'whitelist next', 'domain open', 'service open', 'call open'])
  expect(states({ ...on, internet: { ...on.internet, whitelistBlocks: 2 } })).toContain('service next')
  expect(states({ ...off, vpc: { ...off.vpc, enabled: true } })).toContain('whitelist done')
})

test('is over when calls arrive', () => {
  const called = { ...on, internet: { ...on.internet, whitelistBlocks: 1 }, services: 1, requests24h: 3 }
  expect(setupSteps(called)).toBeNull()
  expect(setupSteps({ ...off, type: 'shared' })).toBeNull()
})
