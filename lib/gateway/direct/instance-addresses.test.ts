import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { InstanceAddresses } from '@/lib/gateway/direct/instance-addresses.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('addresses are their own', () => {
  const addresses = new InstanceAddresses(() => Promise.reject(new Error('never asked')))
  expect(addresses.addressOf('10.0.0.1')).toBe('10.0.0.1')
  expect(addresses.addressOf('2001:db8::1')).toBe('2001:db8::1')
})

test('a name is asked for once in a while, whoever wants to know', async () => {
  let asked = 0
  const addresses = new InstanceAddresses(async () => {
    asked += 1
    return `10.0.0.${asked}`
  })
  const both = await Promise.all([addresses.addressOf('model'), addresses.addressOf('model')])
  expect(both).toEqual(['10.0.0.1', '10.0.0.1'])
  vi.advanceTimersByTime(9_999)
  expect(await addresses.addressOf('model')).toBe('10.0.0.1')
  vi.advanceTimersByTime(1)
  expect(await addresses.addressOf('model')).toBe('10.0.0.2')
})

test('a name without an address, or without one in time, has none', async () => {
  const failing = new InstanceAddresses(() => Promise.reject(new Error('ENOTFOUND')))
  expect(await failing.addressOf('model')).toBeNull()
  const silent = new InstanceAddresses(() => new Promise(() => {}))
  const asked = silent.addressOf('model')
  vi.advanceTimersByTime(2_000)
  expect(await asked).toBeNull()
})

test('names that nobody asks for any more are forgotten', async () => {
  let asked = 0
  const addresses = new InstanceAddresses(async () => {
    asked += 1
    return '10.0.0.1'
  })
  for (let index = 0; index < 1_000; index++) await addresses.addressOf(`old-${index}`)
  vi.advanceTimersByTime(10_000)
  await addresses.addressOf('new')
  await addresses.addressOf('new')
  expect(asked).toBe(1_001)
})
