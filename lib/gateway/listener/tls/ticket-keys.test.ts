import { expect, test } from 'vitest'
import { TicketKeys } from '@/lib/gateway/listener/tls/ticket-keys.ts'

test('Nodes of one gateway derive the same keys, others other ones, and each day new ones', () => {
  const keys = new TicketKeys('token', 'gw_1')
  const day = keys.dayOf(Date.UTC(2026, 10, 21, 23, 59))
  expect(keys.ofDay(day)).toHaveLength(48)
  expect(keys.dayOf(Date.UTC(2026, 10, 22))).toBe(day + 1)
  expect(new TicketKeys('token', 'gw_1').ofDay(day)).toEqual(keys.ofDay(day))
  expect(keys.ofDay(day + 1)).not.toEqual(keys.ofDay(day))
  expect(new TicketKeys('token', 'gw_2').ofDay(day)).not.toEqual(keys.ofDay(day))
  expect(new TicketKeys('other', 'gw_1').ofDay(day)).not.toEqual(keys.ofDay(day))
})
