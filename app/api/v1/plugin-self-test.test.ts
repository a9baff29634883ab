import { expect, test } from 'vitest'
import { asksMax } from '@/lib/console/ask-in-turn.ts'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  made,
  of,
  onModelApis,
  onServices,
  refusals,
  startWithWorkspaces,
  tokenOf,
} from './testing/ai-gateway.ts'
import { startHeldServer } from './testing/held-server.ts'
import * as selfTest from './workspaces/[workspace]/model-apis/[id]/plugins/self-test/route.ts'

describeOnBothDatabases('self-tests of plugins', (open) => {
  closeTestConsoles()

  const start = async (plugins: object = { authorization: { enabled: true } }) => {
    await startWithWorkspaces(await open())
    const { id: serviceId } = await made(onServices.post(aiService({}, 'one')))
    const routing = { mode: 'single', target: { serviceId } }
    const api = { gatewayId: 'shared', name: 'chat', basePath: '/chat', routing, plugins }
    return (await made(onModelApis.post(api))).id as string
  }
  const run = (id: string, body: object, options: { token?: string; workspace?: string } = {}) => {
    const { token, workspace = 'acme' } = options
    return call(selfTest.POST, 'POST', {
      params: { ...of(id), workspace },
      body,
      ...(token !== undefined && { token }),
    })
  }

  test('are for those who may change the API, in its workspace', async () => {
    const id = await start()
    const authorization = { plugin: 'authorization' }
    expect((await run(id, authorization, { token: await tokenOf('viewer') })).status).toBe(403)
    expect((await run(id, authorization, { workspace: 'other' })).status).toBe(404)
    const stranger = await tokenOf('owner', 'other')
    expect((await run(id, authorization, { token: stranger })).status).toBe(404)
    // Allowed, but no node of this test runs.
    expect((await run(id, authorization, { token: await tokenOf('developer') })).status).toBe(503)
  })

  test('call nothing where there is nothing to refuse, and ask for what they need', async () => {
    const rules = [{ kind: 'pattern', text: 'a\\db', action: 'block' }]
    const id = await start({ moderation: { enabled: true, rules } })
    const off = await run(id, { plugin: 'quotas' })
    expect([off.status, off.json.outcome, off.json.checks]).toEqual([200, 'nothing-to-refuse', []])
    const needed = await run(id, { plugin: 'moderation' })
    expect([needed.status, refusals(needed)]).toEqual([422, { text: 'text_needed' }])
    for (const body of [{}, { plugin: 'routing' }, { plugin: 'quotas', host: '10.0.0.1' }]) {
      expect((await run(id, body)).status, JSON.stringify(body)).toBe(422)
    }
  })

  test('run a few at a time in each workspace', async () => {
    const id = await start()
    const { port, asked, release } = await startHeldServer()
    const listeners = [{ side: 'internet', protocol: 'http', port } as const]
    await reportNode(Date.now(), { listeners })
    const underWay = Array.from({ length: asksMax }, () => run(id, { plugin: 'authorization' }))
    await asked(asksMax)
    const refused = await run(id, { plugin: 'authorization' })
    expect([refused.status, refused.json.code]).toEqual([429, 'rate_limited'])
    await release()
    for (const { status, json } of await Promise.all(underWay)) {
      expect([status, json.outcome]).toEqual([200, 'unreachable'])
    }
  })
})
