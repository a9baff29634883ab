import { describe, expect, test } from 'vitest'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import { gatewayOperation } from './gateway-operation.ts'
import type { GatewayRunning, HostedGateway } from './gateway-running.ts'
import { gatewayStatus } from './gateway-status.ts'

const now = Date.parse('2026-01-01T12:00:00Z')
const longAgo = new Date(now - 3_600_000)
const row = {
  id: 'gw_1',
  name: 'edge',
  revision: 4,
  nodeCount: 2,
  nodeCountMax: 2,
  internetEnabled: true,
  vpcEnabled: false,
  createdAt: longAgo,
  updatedAt: new Date(now - 1000),
} as unknown as GatewayRow
const node = {
  id: 'node_1',
  state: 'running',
  revision: 4,
  refusedReason: null,
  openRequests: 0,
  startedAt: longAgo,
} as unknown as GatewayNodeRow
const door = { door: 'internet', port: 8100, error: null } as const
const hosted: HostedGateway = {
  gatewayId: 'gw_1',
  state: 'running',
  cause: null,
  doors: [door],
  nodes: { wanted: 2, running: 2, leaving: 0 },
  utilization: 0,
}
const running: GatewayRunning = {
  type: 'managed',
  isWanted: true,
  live: [node, node],
  draining: [],
  hosted,
  askedAt: null,
  now,
}

const stateOf = (change: Partial<GatewayRunning>, of: GatewayRow = row) => {
  const { state, cause } = gatewayStatus(of, { ...running, ...change })
  return [state, cause]
}
const operationOf = (change: Partial<GatewayRunning>) => {
  const operation = gatewayOperation(row, { ...running, ...change })
  return operation && [operation.kind, ...operation.steps.map(({ step, state }) => `${step} ${state}`)]
}

describe('a gateway', () => {
  test('at rest runs, and nothing is under way', () => {
    expect(stateOf({})).toEqual(['running', null])
    expect(operationOf({})).toBeNull()
  })

  test('that is starting is being created, and has failed after a minute without a node', () => {
    const young = { ...row, createdAt: new Date(now - 5000) }
    expect(stateOf({ live: [], hosted: null }, young)).toEqual(['creating', null])
    expect(stateOf({ live: [], hosted: { ...hosted, state: 'starting' } })).toEqual(['creating', null])
    expect(stateOf({ live: [], hosted: null })).toEqual(['failed', 'No host runs this gateway.'])
    expect(stateOf({ live: [] })).toEqual(['failed', 'No node is running.'])
    expect(operationOf({ live: [], hosted: { ...hosted, state: 'starting' } })).toEqual([
      'create',
      'plan done',
      'add-nodes current',
      'done waiting',
    ])
  })

  test('that its host cannot start says why, at the step that failed', () => {
    const failed = { ...hosted, state: 'failed', cause: 'No memory.' } as const
    expect(stateOf({ live: [], hosted: failed })).toEqual(['failed', 'No memory.'])
    expect(operationOf({ live: [], hosted: failed })).toContain('add-nodes failed')
  })

  test('with a door that could not be had, a node too few or a refusal is degraded', () => {
    const taken = { ...hosted, doors: [{ ...door, error: 'Port 8100 is taken.' }] }
    expect(stateOf({ hosted: taken })).toEqual(['degraded', 'Port 8100 is taken.'])
    const few = { ...hosted, nodes: { wanted: 2, running: 1, leaving: 0 } }
    expect(stateOf({ hosted: few })).toEqual(['degraded', '1 of 2 nodes are running.'])
    expect(stateOf({ live: [{ ...node, refusedReason: 'Too new.' }] })).toEqual(['degraded', 'Too new.'])
  })

  test('is being updated while nodes are behind or replaced, and counts what old nodes still finish', () => {
    expect(stateOf({ live: [{ ...node, revision: 3 }] })).toEqual(['updating', null])
    const changing = { ...hosted, state: 'changing', nodes: { wanted: 2, running: 1, leaving: 1 } } as const
    expect(stateOf({ hosted: changing })).toEqual(['updating', null])
    expect(operationOf({ askedAt: now - 500 })).toEqual([
      'change-specification',
      'plan current',
      'add-nodes waiting',
      'drain-old waiting',
      'done waiting',
    ])
    const draining = [{ ...node, state: 'draining', openRequests: 7 }]
    expect(operationOf({ draining })).toEqual([
      'change-specification',
      'plan done',
      'add-nodes done',
      'drain-old current',
      'done waiting',
    ])
    expect(gatewayOperation(row, { ...running, draining })?.openOnOldNodes).toBe(7)
  })

  test('of type ALB without a network is stopped, or stopping while old nodes finish', () => {
    const alb = { type: 'alb', isWanted: false, hosted: null } as const
    expect(stateOf({ ...alb, live: [] })).toEqual([
      'stopped',
      expect.stringMatching(/^Logical configuration only\./),
    ])
    const leaving = { ...hosted, state: 'stopping' } as const
    expect(stateOf({ ...alb, live: [], draining: [node], hosted: leaving })).toEqual(['stopping', null])
    expect(operationOf(alb)).toBeNull()
  })

  test('of type ALB shows how its network comes up', () => {
    const starting = { ...hosted, state: 'starting' as const, doors: [] }
    const operation = (change: Partial<GatewayRunning>) => operationOf({ type: 'alb', ...change })
    expect(operation({ live: [], hosted: starting })).toEqual([
      'enable-network',
      'check-vpc done',
      'create-load-balancer current',
      'attach-vswitches waiting',
      'endpoint-ready waiting',
    ])
    expect(operation({ hosted: { ...hosted, doors: [] } })).toContain('attach-vswitches current')
    expect(operation({})).toBeNull()
  })
})
