import { describe, expect, test } from 'vitest'
import { deploymentPlan } from '@/lib/snapshot/deployment.ts'
import { compileDeployment } from './compile-deployment.ts'
import type { DeploymentRows } from './deployment-rows.ts'
import { testPlace } from './testing/test-place.ts'

const ports = [
  { door: 'internet', port: 8100 },
  { door: 'internet-tls', port: 8101 },
  { door: 'vpc', port: 8102 },
  { door: 'vpc-tls', port: 8103 },
  { door: 'nlb-8104', port: 8104 },
]
const edge: DeploymentRows = {
  id: 'gw_1',
  name: 'edge',
  type: 'managed',
  spec: '4c8g',
  nodes: 2,
  nodesMax: 2,
  internetEnabled: false,
  vpcEnabled: false,
  ports,
  nlb: [{ port: 8104, side: 'vpc' }],
  authoritativeCidrs: null,
}
const core: DeploymentRows = { ...edge, id: 'gw_2', name: 'core', type: 'alb', spec: null, nodesMax: 4 }
const shared: DeploymentRows = {
  ...edge,
  id: 'gw_shared',
  name: 'shared',
  type: 'shared',
  spec: null,
  internetEnabled: true,
  vpcEnabled: true,
  ports: [],
  nlb: [
    { port: 8109, side: 'vpc' },
    { port: 8107, side: 'internet' },
  ],
}

function planOf(...gateways: readonly DeploymentRows[]) {
  const plan = compileDeployment(testPlace, gateways)
  expect(deploymentPlan.parse(plan)).toEqual(plan)
  return plan
}

describe('the deployment plan', () => {
  test('runs a managed gateway without doors until a side is on', () => {
    const [idle] = planOf(edge).gateways
    expect(idle).toEqual({
      gatewayId: 'gw_1',
      name: 'edge',
      type: 'managed',
      doors: [],
      nodes: { min: 2, max: 2 },
      memoryMb: 6144,
    })
    const [open] = planOf({ ...edge, vpcEnabled: true }).gateways
    expect(open?.doors).toEqual([ports[2], ports[3], ports[4]])
  })

  test('has an ALB gateway only while a side is on, between its bounds', () => {
    expect(planOf(core).gateways).toEqual([])
    expect(planOf({ ...core, internetEnabled: true }).gateways).toMatchObject([
      { doors: ports.slice(0, 2), nodes: { min: 2, max: 4 }, memoryMb: null },
    ])
  })

  test('names only NLB doors of the shared gateway, in the order of their ports', () => {
    expect(planOf(shared).gateways[0]?.doors).toEqual([
      { door: 'nlb-8107', port: 8107 },
      { door: 'nlb-8109', port: 8109 },
    ])
  })

  test('tells the name server whom it answers what', () => {
    expect(planOf(edge).nameServer).toBeNull()
    const answering = { ...edge, vpcEnabled: true, authoritativeCidrs: ['10.0.0.0/16'] }
    expect(planOf({ ...answering, vpcEnabled: false }).nameServer).toBeNull()
    expect(planOf(answering).nameServer).toEqual({
      port: 8053,
      zones: [
        {
          name: 'gw-edge-vpc.localhost',
          gatewayId: 'gw_1',
          addresses: ['192.0.2.1'],
          allow: ['10.0.0.0/16'],
        },
      ],
    })
  })
})
