import { expect, test } from 'vitest'
import { takeZones } from './take-zones.ts'
import { ZoneTable } from './zone-table.ts'

const zone = { name: 'gw.example', gatewayId: 'gw_1', addresses: ['10.0.0.1'], allow: ['10.0.0.0/8'] }

test('Zones of the supervisor are served, and those that cannot be held end nothing', () => {
  let table = new ZoneTable()
  const server = {
    serve: (zones: ConstructorParameters<typeof ZoneTable>[0]) => {
      table = new ZoneTable(zones)
    },
  }
  expect(takeZones({ type: 'zones', zones: [zone] }, server)).toBeNull()
  expect(takeZones({ type: 'zones', zones: [{ ...zone, allow: ['all'] }] }, server)).toMatch(/^The zones/)
  expect(takeZones({ type: 'zones', zones: 'none' }, server)).toMatch(/^The zones/)
  expect(takeZones({ type: 'drain', withinMs: 1 }, server)).toBeNull()
  expect(table.zoneOf('gw.example')?.allow).toHaveLength(1)
})
