import { expect, test } from 'vitest'
import { zoneOffset } from './zone-offset.ts'

test.each([
  ['Asia/Shanghai', 'UTC+8'],
  ['UTC', 'UTC'],
  ['America/St_Johns', 'UTC-3:30'],
  ['Asia/Kathmandu', 'UTC+5:45'],
])('%s in winter is %s', (zone, offset) => {
  expect(zoneOffset(zone, new Date('2026-01-15T00:00:00Z'))).toBe(offset)
})
