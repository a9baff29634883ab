import { expect, test } from 'vitest'
import type { DoorName, GatewayDeployment } from '@/lib/snapshot/deployment.ts'
import { doorChanges, gatewayChanges, nodeBounds } from './reconcile.ts'

const gateway = (gatewayId: string): GatewayDeployment => ({
  gatewayId,
  name: gatewayId,
  type: 'managed',
  doors: [],
  nodes: { min: 1, max: 1 },
  memoryMb: null,
})

test('gateways that came are started, those that went are stopped, the others look for changes', () => {
  const changes = gatewayChanges(new Set(['gone', 'kept']), [gateway('kept'), gateway('new')])
  expect(changes.stop).toEqual(['gone'])
  expect(changes.change.map(({ gatewayId }) => gatewayId)).toEqual(['kept'])
  expect(changes.start.map(({ gatewayId }) => gatewayId)).toEqual(['new'])
})

test('a gateway that is planned twice is started once', () => {
  expect(gatewayChanges(new Set(), [gateway('a'), gateway('a')]).start).toHaveLength(1)
})

test('doors that stay are left alone, a moved one is closed and opened', () => {
  const current = new Map<DoorName, number>([
    ['internet', 8100],
    ['internet-tls', 8101],
    ['nlb-9000', 9000],
  ])
  const changes = doorChanges(current, [
    { door: 'internet', port: 8100 },
    { door: 'internet-tls', port: 8111 },
    { door: 'vpc', port: 8102 },
  ])
  expect(changes.close).toEqual(['internet-tls', 'nlb-9000'])
  expect(changes.open).toEqual([
    { door: 'internet-tls', port: 8111 },
    { door: 'vpc', port: 8102 },
  ])
})

test('the same plan again changes no door', () => {
  const current = new Map<DoorName, number>([['internet', 8100]])
  expect(doorChanges(current, [{ door: 'internet', port: 8100 }])).toEqual({ close: [], open: [] })
})

test('a gateway has a node at least, and its maximum is no less than its minimum', () => {
  expect(nodeBounds({ nodes: { min: 0, max: 0 } })).toEqual({ min: 1, max: 1 })
  expect(nodeBounds({ nodes: { min: 3, max: 2 } })).toEqual({ min: 3, max: 3 })
})
