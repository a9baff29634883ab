import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import * as certificates from '@/app/api/v1/workspaces/[workspace]/certificates/route.ts'
import * as consumers from '@/app/api/v1/workspaces/[workspace]/consumers/route.ts'
import * as domains from '@/app/api/v1/workspaces/[workspace]/domains/route.ts'
import * as internet from '@/app/api/v1/workspaces/[workspace]/gateways/[gateway]/internet/route.ts'
import * as gateways from '@/app/api/v1/workspaces/[workspace]/gateways/route.ts'
import * as serviceTokens from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/tokens/route.ts'
import * as services from '@/app/api/v1/workspaces/[workspace]/inference-services/route.ts'
import * as invitations from '@/app/api/v1/workspaces/[workspace]/invitations/route.ts'
import * as modelApis from '@/app/api/v1/workspaces/[workspace]/model-apis/route.ts'
import * as securityGroups from '@/app/api/v1/workspaces/[workspace]/security-groups/route.ts'
import * as upstreams from '@/app/api/v1/workspaces/[workspace]/services/route.ts'
import * as sources from '@/app/api/v1/workspaces/[workspace]/sources/route.ts'
import * as tokens from '@/app/api/v1/workspaces/[workspace]/tokens/route.ts'
import * as vpcs from '@/app/api/v1/workspaces/[workspace]/vpcs/route.ts'
import * as vswitches from '@/app/api/v1/workspaces/[workspace]/vswitches/route.ts'
import * as workspaces from '@/app/api/v1/workspaces/route.ts'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import type { RouteHandler } from '@/lib/console/http/declaration.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import { listRoutes } from './list-routes.ts'

const authority = new TestAuthority()
afterAll(() => authority.close())

const routes = listRoutes()
const namesOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name))
const service = { name: 'theirs', instances: [{ url: 'http://10.0.0.5:8000' }] }

/** Bodies that each route would take, so that a refusal is about the object and nothing else. */
function bodyFor(path: string, method: string): unknown {
  if (method === 'GET' || method === 'DELETE') return undefined
  if (path.endsWith('/inference-services')) return { ...service, name: 'intruder' }
  if (path.endsWith('/members/{id}')) return { version: 1, role: 'viewer' }
  if (path.endsWith('/invitations')) return { emails: ['x@example.com'] }
  if (path.endsWith('/tokens')) return path.includes('inference') ? {} : { name: 'x', role: 'viewer' }
  if (path.endsWith('/tokens/{token}')) return { requestsPerSecond: 5 }
  if (path.endsWith('/credentials')) return { type: 'api-key' }
  if (path.endsWith('/vpc-consents/{id}')) return { version: 1, consent: 'granted' }
  if (path.endsWith('/restore')) return { basedOn: 1 }
  if (path.endsWith('/moderation/try')) return { rules: [], text: 'x' }
  if (path.endsWith('/self-test')) return { plugin: 'moderation' }
  if (path.endsWith('/debug')) return { path: '/v1/models', method: 'GET' }
  if (path.endsWith('/what-if')) return { routing: { mode: 'single', target: { serviceId: 'x' } } }
  return { version: 1 }
}

describeOnBothDatabases('every route', (open) => {
  closeTestConsoles()

  async function twoTenants() {
    const console_ = await startTestConsole(await open())
    for (const name of ['mine', 'theirs']) await call(workspaces.POST, 'POST', { body: { name } })
    const token = async (workspace: string) =>
      (
        await call(tokens.POST, 'POST', {
          params: { workspace },
          body: { name: 'tenant', role: 'owner' },
        })
      ).json
    const mine = await token('mine')
    const params = { workspace: 'theirs' }
    const theirs = {
      service: (await call(services.POST, 'POST', { params, body: service })).json,
      token: await token('theirs'),
      invitation: (await call(invitations.POST, 'POST', { params, body: { emails: ['them@example.com'] } }))
        .json.items[0],
    }
    const serviceTokenOf = { ...params, id: theirs.service.id }
    const [serviceToken] = (await call(serviceTokens.GET, 'GET', { params: serviceTokenOf })).json.items
    const networks = await networksOf(params)
    return { ...console_, mine: String(mine.token), theirs: { ...theirs, serviceToken, networks } }
  }

  /** The ids of one object of each kind besides services. */
  async function networksOf(params: { workspace: string }): Promise<string[]> {
    const make = async (route: { POST: RouteHandler }, body: object) => {
      const made = await call(route.POST, 'POST', { params, body })
      expect(made.status, made.text).toBe(201)
      return made.json.id
    }
    const vpc = await make(vpcs, { name: 'theirs', cidrs: ['10.0.0.0/8'] })
    const leaf = authority.issue({ names: ['theirs.example.com'] })
    const gateway = await make(gateways, { type: 'managed', name: 'theirs' })
    await call(internet.PUT, 'PUT', { params: { ...params, gateway }, body: { enabled: true } })
    const nacos = { servers: ['http://10.0.0.9:8848'] }
    const fixed = { addresses: ['10.0.0.5:80'] }
    const upstream = await make(upstreams, { gatewayId: gateway, name: 'their-up', source: 'fixed', fixed })
    const routing = { mode: 'single', target: { serviceId: upstream } }
    return [
      await make(sources, { gatewayId: gateway, name: 'their-registry', type: 'nacos', nacos }),
      upstream,
      await make(modelApis, { gatewayId: gateway, name: 'their-api', routing }),
      await make(consumers, { name: 'their-consumer', credentials: [{ type: 'api-key' }] }),
      vpc,
      await make(vswitches, { vpcId: vpc, name: 'web', zone: 'local-a', cidr: '10.0.0.0/24' }),
      await make(securityGroups, { name: 'theirs' }),
      await make(certificates, { name: 'theirs', chain: leaf.cert, key: leaf.key }),
      await make(domains, { gatewayId: gateway, name: 'theirs.example.com', protocol: 'http' }),
      gateway,
    ]
  }

  describe('404', () => {
    test('an object of another workspace looks exactly like one that does not exist', async () => {
      const { mine, theirs } = await twoTenants()
      const foreign = [
        theirs.service.id,
        theirs.service.name,
        theirs.token.id,
        theirs.invitation.id,
        'theirs.example.com',
        ...['their-registry', 'their-up', 'their-api', 'their-consumer'],
        ...theirs.networks,
      ]
      let compared = 0
      for (const { path, method, handler } of routes) {
        const names = namesOf(path)
        if (!names.includes('workspace')) continue
        const ask = async (params: Record<string, string>) => {
          const query = { confirm: params['id'] ?? params['workspace'] ?? '', name: 'x' }
          const body = bodyFor(path, method)
          const answer = await call(handler, method, { params, body, query, token: mine })
          return { status: answer.status, body: { ...answer.json, requestId: '' } }
        }
        const fill = (workspace: string, value: string) =>
          Object.fromEntries(
            names.map((name) => [name, partFor(name, workspace, value, theirs.serviceToken.id)]),
          )
        const unknown = await ask(fill('nowhere', 'unknown'))
        expect(unknown, `${method} ${path}`).toMatchObject({ status: 404, body: { code: 'not_found' } })
        for (const value of foreign) {
          expect(await ask(fill('theirs', value)), `${method} ${path}`).toEqual(unknown)
          compared++
        }
        if (!names.includes('id')) continue
        const unknownHere = await ask(fill('mine', 'unknown'))
        for (const value of foreign) {
          expect(await ask(fill('mine', value)), `${method} ${path}`).toEqual(unknownHere)
          expect(unknownHere.status, `${method} ${path}`).toBe(404)
          compared++
        }
      }
      expect(compared).toBeGreaterThan(100)
    })
  })

  describe('401', () => {
    test('nobody gets in without a credential, except through the public doors', async () => {
      await twoTenants()
      const doors: string[] = []
      for (const { path, method, handler } of routes) {
        const params = Object.fromEntries(namesOf(path).map((name) => [name, '1']))
        const answer = await call(handler, method, { params, token: null, body: bodyFor(path, method) })
        if (answer.status !== 401) doors.push(`${method} ${path.replace('/api/v1', '')}`)
      }
      expect(doors.sort()).toEqual([
        'GET /invitations/accept',
        'GET /setup',
        'POST /invitations/accept',
        'POST /setup',
        'POST /sign-in',
        'POST /sign-out',
      ])
    })
  })

  describe('never 500', () => {
    test('whatever JSON, query and path a caller sends', async () => {
      const { mine, theirs, logged } = await twoTenants()
      const value = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.constantFrom('mine', 'theirs', 'shared', theirs.service.id, '0', '-1', '\u0000', '\ud800', '1e9'),
      )
      const body = fc.oneof(
        fc.json(),
        fc.string(),
        fc.constantFrom(
          '{"__proto__":{"version":1}}',
          '{"name":"a","name":"b"}',
          '{"version":1,"instances":[{}]}',
          `${'['.repeat(5000)}${']'.repeat(5000)}`,
          '{"name":"\\u0000","emails":["\\ud800"]}',
        ),
      )
      const sent = fc.record({
        route: fc.constantFrom(...routes),
        parts: fc.array(value, { minLength: 4, maxLength: 4 }),
        body,
        query: fc.dictionary(
          fc.constantFrom('limit', 'cursor', 'q', 'name', 'sort', 'status', 'reveal'),
          value,
        ),
        key: fc.option(value),
      })
      await fc.assert(
        fc.asyncProperty(sent, async ({ route, parts, body: text, query, key }) => {
          if (route.path.endsWith('/events')) return
          const params = Object.fromEntries(
            namesOf(route.path).map((name, index) => [name, parts[index] ?? '']),
          )
          if ('workspace' in params) params['workspace'] = 'mine'
          const headers: Record<string, string> = {}
          if (key !== null && /^[\x21-\x7e]+$/.test(key)) headers['idempotency-key'] = key
          const answer = await call(route.handler, route.method, {
            params,
            query: Object.fromEntries(
              Object.entries(query).map(([name, part]) => [name, Buffer.from(part).toString()]),
            ),
            token: mine,
            headers,
            ...(route.method === 'GET' ? {} : { body: text }),
          })
          expect(answer.status, `${route.method} ${route.path} ${logged.at(-1)}`).toBeLessThan(500)
        }),
        { numRuns: 400 },
      )
    })
  })
})

function partFor(name: string, workspace: string, value: string, serviceToken: string): string {
  if (name === 'workspace') return workspace
  if (name === 'number') return '1'
  if (name === 'token') return serviceToken
  return name === 'gateway' ? 'shared' : value
}
