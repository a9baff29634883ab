import { expect, test } from 'vitest'
import type { VSwitch } from '@/lib/domain/network.ts'
import { chooseInZone, firstVSwitches, zonesOf } from './vswitch-choice.ts'

function vswitch(id: string, zone: string, zoneSupported = true): VSwitch {
  const createdAt = '2026-11-21T00:00:00.000Z'
  return {
    id,
    version: 1,
    createdAt,
    updatedAt: createdAt,
    vpcId: 'vpc_1',
    vpcName: 'core',
    name: id,
    zone,
    zoneSupported,
    cidr: '10.0.0.0/24',
    usedBy: [],
  }
}

const zones = zonesOf([
  vswitch('a2', 'zone-c'),
  vswitch('far', 'zone-a', false),
  vswitch('a1', 'zone-c'),
  vswitch('b1', 'zone-d'),
  vswitch('e1', 'zone-e'),
])

test('lists zones where gateways can stand first', () => {
  expect(zones.map(({ zone, supported }) => [zone, supported])).toEqual([
    ['zone-c', true],
    ['zone-d', true],
    ['zone-e', true],
    ['zone-a', false],
  ])
})

test('starts with two zones', () => {
  expect(firstVSwitches(zones)).toEqual(['a2', 'b1'])
  expect(firstVSwitches(zones.filter(({ supported }) => !supported))).toEqual([])
})

test('keeps one vSwitch per zone', () => {
  const [first] = zones
  if (first === undefined) throw new Error('There is a zone.')
  expect(chooseInZone(['a2', 'b1'], first, 'a1')).toEqual(['b1', 'a1'])
  expect(chooseInZone(['a2', 'b1'], first, null)).toEqual(['b1'])
})
