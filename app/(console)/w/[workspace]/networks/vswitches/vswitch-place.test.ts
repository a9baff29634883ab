import { expect, test } from 'vitest'
import type { Vpc, VSwitch } from '@/lib/domain/network.ts'
import { firstPlace, freeBlockOf, vswitchValues } from './vswitch-place.ts'

const stamp = { version: 1, createdAt: '2026-11-21T00:00:00.000Z', updatedAt: '2026-11-21T00:00:00.000Z' }
const vpc = (id: string, ...cidrs: string[]): Vpc => ({
  ...stamp,
  id,
  name: id,
  cidrs,
  vswitches: 0,
  usedBy: [],
})
const vswitch = (vpcId: string, zone: string, cidr: string): VSwitch => ({
  ...stamp,
  id: `vsw-${zone}`,
  name: `vsw-${zone}`,
  vpcId,
  vpcName: vpcId,
  zone,
  zoneSupported: true,
  cidr,
  usedBy: [],
})
const vpcs = [vpc('core', '10.0.0.0/8'), vpc('edge', '172.16.0.0/16')]
const vswitches = [vswitch('core', 'a', '10.0.0.0/16')]
const places = { zones: ['a', 'b', 'c'], gatewayZones: null }

test('begins in the first zone without a vSwitch, with a free block', () => {
  expect(firstPlace(null, vpcs, vswitches, places)).toEqual({ vpcId: 'core', zone: 'b', cidr: '10.1.0.0/16' })
  expect(firstPlace('edge', vpcs, vswitches, places)).toEqual({
    vpcId: 'edge',
    zone: 'a',
    cidr: '172.16.0.0/24',
  })
})

test('prefers a zone in which gateways can stand', () => {
  expect(firstPlace(null, vpcs, vswitches, { ...places, gatewayZones: ['c'] }).zone).toBe('c')
  expect(firstPlace(null, vpcs, vswitches, { ...places, gatewayZones: ['a'] }).zone).toBe('a')
})

test('begins empty without a VPC', () => {
  expect(firstPlace('gone', [], [], places)).toEqual({ vpcId: '', zone: 'a', cidr: '' })
  expect(freeBlockOf('gone', vpcs, vswitches)).toBeNull()
})

test('says what the API would say about a block', () => {
  const complaint = (vpcId: string, cidr: string) =>
    vswitchValues(vpcs, vswitches).safeParse({ vpcId, name: 'one', zone: 'a', cidr }).error?.issues[0]
  expect(complaint('core', '10.1.0.0/16')).toBeUndefined()
  expect(complaint('core', '10.0.4.0/24')).toMatchObject({
    path: ['cidr'],
    message: '10.0.4.0/24 overlaps vSwitch vsw-a (10.0.0.0/16).',
  })
  expect(complaint('edge', '10.0.4.0/24')?.message).toBe('10.0.4.0/24 is not inside the VPC: 172.16.0.0/16.')
  expect(complaint('core', '10.0.4.1/24')?.message).toBe('This has host bits set; write 10.0.4.0/24.')
})
