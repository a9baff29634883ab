import { expect, test } from 'vitest'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import type { InstanceHealthState } from '@/lib/domain/inference-service.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as healthEvents from './workspaces/[workspace]/inference-services/[id]/health-events/route.ts'
import * as one from './workspaces/[workspace]/inference-services/[id]/route.ts'
import * as services from './workspaces/[workspace]/inference-services/route.ts'
import * as apiTokens from './workspaces/[workspace]/tokens/route.ts'
import * as workspaces from './workspaces/route.ts'

const params = { workspace: 'acme' }
const first = 'http://10.0.0.5:8000'
const second = 'http://10.0.0.6:8000'

describeOnBothDatabases('health of instances', (open) => {
  closeTestConsoles()

  async function start() {
    const { clock } = await startTestConsole(await open())
    await call(workspaces.POST, 'POST', { body: { name: 'acme' } })
    const body = { name: 'qwen_7b', instances: [{ url: first }, { url: second }] }
    const { json } = await call(services.POST, 'POST', { params, body })
    const of = { ...params, id: String(json.id) }
    const [left, right] = json.instances.map(({ id }: { id: string }) => id) as [string, string]
    const seen = (
      instanceId: string,
      state: InstanceHealthState,
      reason: string | null = null,
      until = 0,
    ) => ({
      instanceId,
      state,
      reason,
      since: clock.now(),
      until: until === 0 ? null : until,
      checkedAt: null,
    })
    const read = async () => (await call(one.GET, 'GET', { params: of })).json
    const listEvents = (query: Record<string, string> = {}, token?: string) =>
      call(healthEvents.GET, 'GET', { params: of, query, ...(token && { token }) })
    return { clock, of, left, right, seen, read, listEvents }
  }

  test('that traffic put out degrades the service, with its reason and its end', async () => {
    const { clock, left, right, seen, read } = await start()
    await reportNode(clock.now(), {
      instances: { isWhole: true, items: [seen(left, 'ready'), seen(right, 'ready')] },
    })
    expect((await read()).status.state).toBe('running')
    const until = clock.now() + 10_000
    await reportNode(clock.now(), {
      instances: { isWhole: false, items: [seen(right, 'ejected', '5 of 10 answers failed', until)] },
    })
    const ejected = await read()
    expect(ejected.status).toMatchObject({
      state: 'degraded',
      cause: `${second} is ejected after failures in traffic: 5 of 10 answers failed`,
    })
    expect(ejected.instances).toMatchObject([
      { health: { state: 'ready', until: null } },
      {
        health: {
          state: 'ejected',
          reason: '5 of 10 answers failed',
          until: new Date(until).toISOString(),
        },
      },
    ])
    await reportNode(clock.now(), { instances: { isWhole: false, items: [seen(right, 'probing')] } })
    expect((await read()).status.state).toBe('degraded')
    await reportNode(clock.now(), { instances: { isWhole: false, items: [seen(right, 'ready')] } })
    expect((await read()).status.state).toBe('running')
  })

  test('follows a part of a list, and forgets what a whole list does not name', async () => {
    const { clock, left, right, seen, read } = await start()
    const states = async () =>
      (await read()).instances.map(({ health }: { health: { state: string } }) => health.state)
    const items = [seen(left, 'ready'), seen(right, 'unready', 'Connection refused')]
    await reportNode(clock.now(), { instances: { isWhole: true, items } })
    await reportNode(clock.now(), { instances: { isWhole: false, items: [seen(left, 'paused')] } })
    expect(await states()).toEqual(['paused', 'unready'])
    await reportNode(clock.now(), { instances: null })
    expect(await states()).toEqual(['paused', 'unready'])
    await reportNode(clock.now(), { instances: { isWhole: true, items: [seen(left, 'ready')] } })
    expect(await states()).toEqual(['ready', 'unknown'])
  })

  test('has a history: newest first, in pages, of known instances, for viewers too', async () => {
    const { clock, left, right, listEvents } = await start()
    const at = clock.now()
    const event = (
      instanceId: string,
      state: InstanceHealthState,
      later: number,
      reason: string | null = null,
    ) => ({
      instanceId,
      state,
      reason,
      at: at + later,
    })
    await reportNode(clock.now(), {
      healthEvents: [
        event(left, 'ready', -30),
        event(right, 'ejected', -20, '3 of 3 answers failed'),
        event('ins_gone', 'ejected', -15),
        // Two within one millisecond, and one of a clock that runs ahead.
        event(right, 'probing', -10),
        event(right, 'ready', -10),
        event(left, 'paused', 5_000, 'Asked for a rest of 5 s'),
      ],
    })
    const body = { name: 'looks', role: 'viewer' }
    const viewer = String((await call(apiTokens.POST, 'POST', { params, body })).json.token)
    const found: string[] = []
    let cursor: string | null = null
    do {
      const page = await listEvents({ limit: '2', ...(cursor !== null && { cursor }) }, viewer)
      expect(page.status).toBe(200)
      for (const { url, state } of page.json.items) found.push(`${url} ${state}`)
      cursor = page.json.nextCursor
    } while (cursor !== null)
    expect(found).toEqual([
      `${first} paused`,
      `${second} ready`,
      `${second} probing`,
      `${second} ejected`,
      `${first} ready`,
    ])
    const [newest] = (await listEvents()).json.items
    expect(newest).toMatchObject({
      instanceId: left,
      nodeId: 'node_test',
      reason: 'Asked for a rest of 5 s',
      at: new Date(at).toISOString(),
    })
  })

  test('has a history that stays in its workspace', async () => {
    const { of, listEvents } = await start()
    await call(workspaces.POST, 'POST', { body: { name: 'other' } })
    const elsewhere = { ...of, workspace: 'other' }
    expect((await call(healthEvents.GET, 'GET', { params: elsewhere })).status).toBe(404)
    expect(await listEvents({ cursor: 'nonsense' })).toMatchObject({
      status: 422,
      json: { invalidFields: [{ path: 'cursor' }] },
    })
  })
})
