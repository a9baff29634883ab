import { expect, test } from 'vitest'
import { listRoutes } from '@/app/api/openapi.json/list-routes.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import { makeGateway, makeVpc } from './testing/dedicated-gateway.ts'
import * as links from './workspaces/[workspace]/gateways/[gateway]/vpcs/route.ts'
import * as tokens from './workspaces/[workspace]/tokens/route.ts'
import * as workspaces from './workspaces/route.ts'

const bodies: Readonly<Record<string, unknown>> = {
  'PUT internet': { enabled: true },
  'PUT internet/whitelist': [],
  'PUT vpcs/{link}/whitelist': [],
  'PATCH vpcs/{link}': { version: 1 },
  'PATCH ': { version: 1 },
  'POST vpcs': { vpcId: 'vpc_1', vswitchIds: ['vsw_1'] },
  'POST check-connectivity': { side: 'internet' },
  'POST revisions/{number}/restore': { basedOn: 1 },
}

const ofGateways = listRoutes().flatMap((route) => {
  const rest = /^\/api\/v1\/workspaces\/\{workspace\}\/gateways\/\{gateway\}\/?(.*)$/.exec(route.path)?.[1]
  return rest === undefined ? [] : [{ ...route, key: `${route.method} ${rest}` }]
})

describeOnBothDatabases('the gateway of another workspace', (open) => {
  closeTestConsoles()

  async function start() {
    await startTestConsole(await open())
    for (const name of ['acme', 'theirs']) await call(workspaces.POST, 'POST', { body: { name } })
    const { id } = await makeGateway({ type: 'managed', name: 'secret' }, 'theirs')
    const vpc = await makeVpc('vpc-theirs', 1, ['local-a'], 'theirs')
    const at = { workspace: 'theirs', gateway: 'secret' }
    const link = await call(links.POST, 'POST', { params: at, body: vpc })
    const token = async (role: string) =>
      String(
        (await call(tokens.POST, 'POST', { params: { workspace: 'acme' }, body: { name: role, role } })).json
          .token,
      )
    return { id: String(id), link: String(link.json.id), token }
  }

  test('looks on every route exactly like one that does not exist', async () => {
    const { id, link, token } = await start()
    const mine = await token('owner')
    expect(ofGateways.length).toBeGreaterThan(15)
    for (const { key, method, handler } of ofGateways) {
      const ask = async (gateway: string) => {
        const answer = await call(handler, method, {
          params: { workspace: 'acme', gateway, link, number: '1' },
          query: { confirm: gateway },
          body: bodies[key],
          token: mine,
        })
        return { status: answer.status, body: { ...answer.json, requestId: '' } }
      }
      const unknown = await ask('unknown')
      expect(unknown, key).toMatchObject({ status: 404, body: { code: 'not_found' } })
      expect(await ask(id), key).toEqual(unknown)
      expect(await ask('secret'), key).toEqual(unknown)
    }
  })

  test('keeps its links to itself: they are not found on a gateway of mine', async () => {
    const { link, token } = await start()
    await makeGateway({ type: 'managed', name: 'mine' })
    const mine = await token('owner')
    for (const { key, method, handler } of ofGateways.filter(({ path }) => path.includes('{link}'))) {
      const params = { workspace: 'acme', gateway: 'mine', link }
      const answer = await call(handler, method, { params, body: bodies[key], token: mine })
      expect(answer.status, key).toBe(404)
    }
  })

  test('is changed by owners and admins alone, in its own workspace too', async () => {
    const { token } = await start()
    await makeGateway({ type: 'managed', name: 'mine' })
    for (const role of ['developer', 'viewer']) {
      const shown = await token(role)
      for (const { key, method, handler } of ofGateways) {
        if (method === 'GET' || key === 'POST check-connectivity') continue
        const params = { workspace: 'acme', gateway: 'mine', link: 'link_1', number: '1' }
        const answer = await call(handler, method, { params, body: bodies[key], token: shown })
        expect(answer.status, `${role} ${key}`).toBe(403)
      }
    }
  })
})
