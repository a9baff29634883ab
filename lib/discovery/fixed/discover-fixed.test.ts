import { expect, test } from 'vitest'
import { follow } from '@/lib/discovery/testing/follow.ts'
import { discoverFixed } from './discover-fixed.ts'

test('addresses that were written down are told at once, with their weights', () => {
  const addresses = [
    { host: '10.0.0.1', port: 80, weight: 1 },
    { host: 'fd00::1', port: 81, weight: 5 },
  ]
  const followed = follow(discoverFixed, { type: 'fixed', addresses })
  expect(followed.endpoints).toBe('10.0.0.1:80 [fd00::1]:81*5')
})
