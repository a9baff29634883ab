import { describe, expect, test } from 'vitest'
import { bindingComplaints } from './service-binding.ts'

const alb = { name: 'edge', type: 'alb', vpcId: 'vpc_1', vpcName: 'vpc-core' } as const

describe('binding a service to a gateway', () => {
  test('the shared gateway takes all, also without replicas', () => {
    const shared = { name: 'shared', type: 'shared', vpcId: null, vpcName: null } as const
    expect(bindingComplaints({ vpcId: null, replicas: 0 }, shared)).toEqual([])
  })

  test('a dedicated gateway takes nothing that has no replica', () => {
    const managed = { name: 'edge', type: 'managed', vpcId: null, vpcName: null } as const
    expect(bindingComplaints({ vpcId: null, replicas: 1 }, managed)).toEqual([])
    expect(bindingComplaints({ vpcId: null, replicas: 0 }, managed)).toMatchObject([
      { path: 'instances', code: 'no_replica' },
    ])
  })

  test('an ALB gateway takes services of its own VPC, once it has one', () => {
    expect(bindingComplaints({ vpcId: 'vpc_1', replicas: 1 }, alb)).toEqual([])
    expect(bindingComplaints({ vpcId: 'vpc_2', replicas: 1 }, alb)).toMatchObject([
      { path: 'vpcId', message: 'edge lives in vpc-core, so this service must too.' },
    ])
    expect(bindingComplaints({ vpcId: null, replicas: 1 }, alb)).toMatchObject([{ code: 'vpc_differs' }])
    expect(
      bindingComplaints({ vpcId: 'vpc_1', replicas: 1 }, { ...alb, vpcId: null, vpcName: null }),
    ).toMatchObject([{ path: 'gatewayId', code: 'gateway_without_network' }])
  })
})
