import { expect } from 'vitest'
import * as gateways from '@/app/api/v1/workspaces/[workspace]/gateways/route.ts'
import * as vpcs from '@/app/api/v1/workspaces/[workspace]/vpcs/route.ts'
import * as vswitches from '@/app/api/v1/workspaces/[workspace]/vswitches/route.ts'
import { call } from '@/lib/console/testing/test-console.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'

/** The gateway as the API answers it. */
export async function makeGateway(body: object, workspace = 'acme') {
  const answer = await call(gateways.POST, 'POST', { params: { workspace }, body })
  expect(answer.status, answer.text).toBe(201)
  return answer.json
}

export interface MadeVpc {
  readonly vpcId: string
  readonly vswitchIds: string[]
}

/** A VPC of `10.<net>.0.0/16` with a vSwitch in each zone. */
export async function makeVpc(
  name: string,
  net: number,
  zones: readonly string[] = ['local-a', 'local-b'],
  workspace = 'acme',
): Promise<MadeVpc> {
  const params = { workspace }
  const vpc = await call(vpcs.POST, 'POST', { params, body: { name, cidrs: [`10.${net}.0.0/16`] } })
  expect(vpc.status, vpc.text).toBe(201)
  const vpcId = String(vpc.json.id)
  const vswitchIds: string[] = []
  for (const [index, zone] of zones.entries()) {
    const body = { vpcId, name: `sw-${index}`, zone, cidr: `10.${net}.${index}.0/24` }
    const answer = await call(vswitches.POST, 'POST', { params, body })
    expect(answer.status, answer.text).toBe(201)
    vswitchIds.push(String(answer.json.id))
  }
  return { vpcId, vswitchIds }
}

/** What nodes of the gateway get now. */
export async function snapshotOf(id: string) {
  return (await controlPlane()?.publisher.current(id))?.snapshot
}

/** What hosts run of the gateway now. */
export async function deploymentOf(id: string) {
  const plan = await controlPlane()?.deployments.current()
  return plan?.gateways.find(({ gatewayId }) => gatewayId === id)
}
