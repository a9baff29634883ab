import { expect, test } from 'vitest'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as nodes from './workspaces/[workspace]/gateways/[gateway]/nodes/route.ts'
import * as rollout from './workspaces/[workspace]/gateways/[gateway]/rollout/route.ts'
import * as overview from './workspaces/[workspace]/overview/route.ts'
import * as workspaces from './workspaces/route.ts'

const params = { workspace: 'acme', gateway: 'shared' }
const minuteMs = 60_000

describeOnBothDatabases('nodes of a gateway', (open) => {
  closeTestConsoles()

  async function start() {
    const { clock } = await startTestConsole(await open())
    await call(workspaces.POST, 'POST', { body: { name: 'acme' } })
    const list = async () => {
      const { json } = await call(nodes.GET, 'GET', { params })
      return json.items.map((node: Record<string, unknown>) => [
        node['id'],
        node['state'],
        node['openRequests'],
      ])
    }
    const problems = async () => {
      const { json } = await call(overview.GET, 'GET', { params: { workspace: 'acme' } })
      return json.problems.map(({ kind }: { kind: string }) => kind)
    }
    return { clock, list, problems }
  }

  test('one that drains is shown with what it has left, beside the one that took its place', async () => {
    const { clock, list } = await start()
    await reportNode(clock.now(), { nodeId: 'node_a', state: 'draining', openRequests: 12 })
    await reportNode(clock.now() + 1, { nodeId: 'node_a~2' })
    expect(await list()).toEqual([
      ['node_a~2', 'running', 0],
      ['node_a', 'draining', 12],
    ])
    const { json } = await call(rollout.GET, 'GET', { params })
    expect(json.nodes.map(({ nodeId }: { nodeId: string }) => nodeId)).toEqual(['node_a~2'])
  })

  test('one that falls silent is lost, and one that said it would leave has left', async () => {
    const { clock, list, problems } = await start()
    await reportNode(clock.now(), { nodeId: 'node_gone', state: 'draining' })
    await reportNode(clock.now(), { nodeId: 'node_lost' })
    clock.advance(minuteMs)
    await reportNode(clock.now(), { nodeId: 'node_here' })
    expect(await list()).toEqual([
      ['node_here', 'running', 0],
      ['node_lost', 'lost', 0],
    ])
    expect(await problems()).toEqual(['node-lost'])
  })

  test('one that tells what a registry answered is heard, whatever that was', async () => {
    const { clock, list } = await start()
    const at = clock.now()
    const reason = 'The API server says: a\u0000b \ud83d'
    const seen = { instanceId: 'ins_1', state: 'unready', reason } as const
    const discovery = { state: 'failed' as const, reason, since: at, syncedAt: null, endpoints: [] }
    const keys = [{ keyId: 'key_1', state: 'failing', reason, since: at, until: null } as const]
    await reportNode(at, {
      instances: { isWhole: true, items: [{ ...seen, since: at, until: null, checkedAt: at }] },
      upstreamServices: { isWhole: true, items: [{ serviceId: 'svc_1', discovery, keys }] },
      healthEvents: [{ ...seen, at }],
    })
    expect(await list()).toEqual([['node_test', 'running', 0]])
  })
})
