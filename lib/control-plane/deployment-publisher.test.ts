import { afterEach, expect, test, vi } from 'vitest'
import type { DeploymentPlan } from '@/lib/snapshot/deployment.ts'
import { DeploymentPublisher } from './deployment-publisher.ts'
import type { DeploymentRows } from './deployment-rows.ts'
import { deploymentStream } from './deployment-stream.ts'
import { testPlace } from './testing/test-place.ts'

const edge: DeploymentRows = {
  id: 'gw_1',
  name: 'edge',
  type: 'managed',
  spec: '2c4g',
  nodes: 1,
  nodesMax: 1,
  internetEnabled: false,
  vpcEnabled: false,
  ports: [],
  nlb: [],
  authoritativeCidrs: null,
}

let publisher: DeploymentPublisher | null = null
afterEach(() => publisher?.close())

function start(loadRows: () => Promise<readonly DeploymentRows[]>) {
  let now = 1000
  const onFailure = vi.fn()
  const clock = { now: () => now++ }
  const made = new DeploymentPublisher({
    loadRows,
    place: testPlace,
    clock,
    onFailure,
    debounceMs: 0,
    retryMs: 0,
  })
  publisher = made
  const seen: DeploymentPlan[] = []
  made.subscribe((plan) => seen.push(plan))
  return { publisher: made, seen, onFailure }
}

test('a plan goes out when it differs, and not for changes that hosts do not act on', async () => {
  let rows = [edge]
  const loadRows = vi.fn(async () => rows)
  const { publisher, seen } = start(loadRows)
  await vi.waitFor(() => expect(seen).toHaveLength(1))
  expect(publisher.changedAt('gw_1')).toBeNull()
  publisher.configurationChanged()
  await vi.waitFor(() => expect(loadRows).toHaveBeenCalledTimes(2))
  rows = [{ ...edge, nodes: 3, nodesMax: 3 }]
  publisher.configurationChanged()
  await vi.waitFor(() => expect(seen).toHaveLength(2))
  expect(seen[1]?.gateways[0]?.nodes).toEqual({ min: 3, max: 3 })
  expect(publisher.changedAt('gw_1')).toBeGreaterThanOrEqual(1000)
})

test('a change is not lost to a database that hiccups', async () => {
  let fails = true
  const { seen, onFailure } = start(async () => {
    if (fails) throw new Error('away')
    return [edge]
  })
  await vi.waitFor(() => expect(onFailure).toHaveBeenCalled())
  fails = false
  await vi.waitFor(() => expect(seen).toHaveLength(1))
})

test('a host gets the plan at once, as one event', async () => {
  const { publisher } = start(async () => [edge])
  const reader = deploymentStream({ deployments: publisher }).getReader()
  let received = ''
  while (!received.includes('event: plan')) received += new TextDecoder().decode((await reader.read()).value)
  const data = /event: plan\ndata: (.*)\n\n/.exec(received)?.[1] ?? ''
  expect(JSON.parse(data)).toMatchObject({ formatVersion: 1, gateways: [{ gatewayId: 'gw_1' }] })
  await reader.cancel()
})
