import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { publishedSnapshot as snapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { InstanceHealthState } from '@/lib/domain/inference-service.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as endpoints from './workspaces/[workspace]/inference-services/[id]/endpoints/route.ts'
import * as one from './workspaces/[workspace]/inference-services/[id]/route.ts'
import * as stop from './workspaces/[workspace]/inference-services/[id]/stop/route.ts'
import * as testRequest from './workspaces/[workspace]/inference-services/[id]/test-request/route.ts'
import * as endToken from './workspaces/[workspace]/inference-services/[id]/tokens/[token]/route.ts'
import * as tokens from './workspaces/[workspace]/inference-services/[id]/tokens/route.ts'
import * as nameAvailable from './workspaces/[workspace]/inference-services/name-available/route.ts'
import * as services from './workspaces/[workspace]/inference-services/route.ts'
import * as overview from './workspaces/[workspace]/overview/route.ts'
import * as workspaces from './workspaces/route.ts'

const workspace = 'acme'
const params = { workspace }
const of = (id: string) => ({ workspace, id })
const input = { name: 'qwen_7b', model: 'Qwen', instances: [{ url: 'http://10.0.0.5:8000' }] }

describeOnBothDatabases('inference services', (open) => {
  closeTestConsoles()

  async function start() {
    const console_ = await startTestConsole(await open())
    expect((await call(workspaces.POST, 'POST', { body: { name: workspace } })).status).toBe(201)
    return console_
  }

  async function create(change: object = {}) {
    const answer = await call(services.POST, 'POST', { params, body: { ...input, ...change } })
    expect(answer.status).toBe(201)
    return answer
  }

  describe('201', () => {
    test('a deployed service has defaults, an address, an active token, and is in the snapshot', async () => {
      await start()
      const created = await create({ upstreamCredential: 'Bearer upstream-secret' })
      expect(created.json).toMatchObject({
        name: 'qwen_7b',
        version: 1,
        apiType: 'openai-chat',
        balancing: 'round-robin',
        hasUpstreamCredential: true,
        gateway: { id: sharedGatewayId, name: 'shared' },
        instances: [{ url: 'http://10.0.0.5:8000', weight: 1, health: { state: 'unknown' } }],
      })
      expect(created.headers.get('location')).toContain(created.json.id)
      const { id } = created.json
      const revealed = await call(tokens.GET, 'GET', { params: of(id), query: { reveal: 'true' } })
      expect(revealed.json.items).toHaveLength(1)
      expect(revealed.json.items[0].token).toMatch(/^ek_live_[A-Za-z0-9]{40}$/)
      await expect.poll(async () => (await snapshot())?.services).toHaveLength(1)
      const served = (await snapshot())?.services[0]
      expect(served).toMatchObject({ id, name: 'qwen_7b', upstreamAuthorization: 'Bearer upstream-secret' })
      expect(served?.tokens[0]?.value).toBe(revealed.json.items[0].token)
    })

    test('the same idempotency key makes one service, also when both come at once', async () => {
      await start()
      const headers = { 'idempotency-key': 'deploy-0001' }
      const request = () => call(services.POST, 'POST', { params, body: input, headers })
      const [first, second] = await Promise.all([request(), request()])
      expect([first.status, second.status]).toEqual([201, 201])
      expect(second.text).toBe(first.text)
      expect((await call(services.GET, 'GET', { params })).json.items).toHaveLength(1)
      const other = await call(services.POST, 'POST', { params, headers, body: { ...input, name: 'other' } })
      expect(other).toMatchObject({ status: 409, json: { code: 'idempotency_key_reused' } })
    })
  })

  describe('200', () => {
    test('an update keeps what is left out and the identity of instances', async () => {
      await start()
      const { json: before } = await create({ healthCheck: null })
      const body = {
        version: 1,
        description: 'new',
        instances: [{ url: 'http://10.0.0.6:8000' }, { url: 'http://10.0.0.5:8000', weight: 3 }],
      }
      const after = await call(one.PATCH, 'PATCH', { params: of('qwen_7b'), body })
      expect(after).toMatchObject({
        status: 200,
        json: { version: 2, description: 'new', model: 'Qwen', healthCheck: null },
      })
      expect(after.json.instances[1]).toMatchObject({ id: before.instances[0].id, weight: 3 })
    })

    test('If-Match stands for the version', async () => {
      await start()
      const { json } = await create()
      const headers = { 'if-match': '"1"' }
      const answer = await call(stop.POST, 'POST', { params: of(json.id), headers })
      expect(answer).toMatchObject({ status: 200, json: { running: false, version: 2 } })
    })

    test('health and revision of nodes make its status', async () => {
      const { clock } = await start()
      const { json } = await create()
      const status = async () => (await call(one.GET, 'GET', { params: of(json.id) })).json.status
      expect(await status()).toMatchObject({ state: 'failed', cause: 'No node of the gateway is running.' })
      await reportNode(clock.now(), { revision: 0 })
      expect(await status()).toMatchObject({ state: 'creating', step: 'Publishing to nodes' })
      const [{ id: instanceId }] = json.instances
      const seen = { instanceId, since: clock.now(), until: null, checkedAt: clock.now() }
      const sees = (state: InstanceHealthState, reason: string | null) =>
        reportNode(clock.now(), { instances: { isWhole: true, items: [{ ...seen, state, reason }] } })
      await sees('ready', null)
      expect(await status()).toMatchObject({ state: 'running' })
      await sees('unready', 'Connection refused')
      expect(await status()).toMatchObject({
        state: 'failed',
        cause: 'http://10.0.0.5:8000: Connection refused',
      })
      const problems = (await call(overview.GET, 'GET', { params })).json.problems
      expect(problems).toMatchObject([{ kind: 'service-failed', severity: 'critical' }])
      const failed = await call(services.GET, 'GET', { params, query: { status: 'failed,degraded' } })
      expect(failed.json.items).toHaveLength(1)
      const running = await call(services.GET, 'GET', { params, query: { status: 'running' } })
      expect(running.json.items).toHaveLength(0)
    })

    test('pages follow each other without a gap in every order', async () => {
      await start()
      for (const name of ['bbb', 'aaa', 'ccc']) await create({ name })
      for (const sort of ['name', '-name', 'createdAt', '-updatedAt']) {
        const names: string[] = []
        let cursor: string | null = null
        do {
          const query: Record<string, string> = { limit: '2', sort, ...(cursor && { cursor }) }
          const page = await call(services.GET, 'GET', { params, query })
          names.push(...page.json.items.map((item: { name: string }) => item.name))
          cursor = page.json.nextCursor
        } while (cursor !== null)
        expect([...names].sort()).toEqual(['aaa', 'bbb', 'ccc'])
        if (sort === 'name') expect(names).toEqual(['aaa', 'bbb', 'ccc'])
      }
    })

    test('endpoints name five ways, and why four are not there', async () => {
      const { clock } = await start()
      const { json } = await create()
      await reportNode(clock.now())
      const answer = await call(endpoints.GET, 'GET', { params: of(json.id) })
      expect(answer.json.methods.map((entry: { method: string }) => entry.method)).toHaveLength(5)
      expect(answer.json.methods[0].sides[0]).toEqual({
        side: 'internet',
        available: true,
        unavailableReason: null,
        endpoint: 'http://localhost:8080/api/predict/qwen_7b',
        hostEndpoint: 'http://qwen-7b.localhost:8080',
        domain: null,
        vpcs: [],
        addresses: [],
      })
      expect(answer.json.apiPath).toBe('/v1/chat/completions')
    })

    test('a test request goes over the wire through the listener of a node', async () => {
      const { clock } = await start()
      const { json } = await create()
      const seen: string[] = []
      const listener = http.createServer((request, response) => {
        seen.push(`${request.method} ${request.url} ${request.headers.authorization?.slice(0, 8)}`)
        response.end('{"ok":true}')
      })
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
      const { port } = listener.address() as AddressInfo
      await reportNode(clock.now(), { listeners: [{ side: 'internet', protocol: 'http', port }] })
      const answer = await call(testRequest.POST, 'POST', { params: of(json.id), body: {} })
      listener.close()
      expect(seen).toEqual(['POST /api/predict/qwen_7b/v1/chat/completions ek_live_'])
      expect(answer).toMatchObject({ status: 200, json: { status: 200, body: '{"ok":true}', failure: null } })
      expect(answer.text).not.toContain('ek_live_')
    })

    test('rotation keeps the old token for the grace, and without grace ends it', async () => {
      const { clock } = await start()
      const { json } = await create()
      const rotate = (graceSeconds: number) =>
        call(tokens.POST, 'POST', { params: of(json.id), body: { graceSeconds, reason: 'leaked' } })
      const graceful = await rotate(3600)
      expect(graceful.status).toBe(201)
      const [active, old] = graceful.json.items
      expect(active).toMatchObject({ expiresAt: null, token: expect.stringMatching(/^ek_live_/) })
      expect(old).toMatchObject({ token: null, expiresAt: new Date(clock.now() + 3_600_000).toISOString() })
      await expect.poll(async () => (await snapshot())?.services[0]?.tokens).toHaveLength(2)
      const sudden = await rotate(0)
      expect(sudden.json.items).toHaveLength(2)
      const ended = { ...of(json.id), token: old.id }
      expect((await call(endToken.DELETE, 'DELETE', { params: ended })).status).toBe(204)
      const left = await call(tokens.GET, 'GET', { params: of(json.id) })
      expect(left.json.items).toHaveLength(1)
    })
  })

  describe('204', () => {
    test('deleting takes the name in words and takes the service off the snapshot', async () => {
      await start()
      const { json } = await create()
      const refused = await call(one.DELETE, 'DELETE', { params: of(json.id) })
      expect(refused).toMatchObject({ status: 422, json: { invalidFields: [{ path: 'confirm' }] } })
      const query = { confirm: 'qwen_7b' }
      expect((await call(one.DELETE, 'DELETE', { params: of(json.id), query })).status).toBe(204)
      expect((await call(one.GET, 'GET', { params: of(json.id) })).status).toBe(404)
      await expect.poll(async () => (await snapshot())?.services).toEqual([])
    })
  })

  describe('409', () => {
    test('a taken name suggests a free one', async () => {
      await start()
      await create()
      const answer = await call(services.POST, 'POST', { params, body: input })
      expect(answer).toMatchObject({
        status: 409,
        json: { code: 'conflict', detail: 'qwen_7b is taken. qwen_7b_2 is free.' },
      })
      expect(answer.json.invalidFields[0].path).toBe('name')
      const query = { name: 'qwen_7b' }
      expect((await call(nameAvailable.GET, 'GET', { params, query })).json).toEqual({
        available: false,
        suggestion: 'qwen_7b_2',
      })
    })

    test('a stale version gets the object as it is now', async () => {
      await start()
      const { json } = await create()
      const write = (description: string) =>
        call(one.PATCH, 'PATCH', { params: of(json.id), body: { version: 1, description } })
      expect((await write('first')).status).toBe(200)
      expect(await write('second')).toMatchObject({
        status: 409,
        json: { code: 'version_conflict', current: { description: 'first', version: 2 } },
      })
    })

    test('the active token cannot be ended', async () => {
      await start()
      const { json } = await create()
      const [{ id: token }] = (await call(tokens.GET, 'GET', { params: of(json.id) })).json.items
      const answer = await call(endToken.DELETE, 'DELETE', { params: { ...of(json.id), token } })
      expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } })
    })
  })

  describe('422', () => {
    test('every wrong field is named by its dotted path', async () => {
      await start()
      const body = { name: 'Qwen', instances: [{ url: 'ftp://x' }], balancing: 'magic' }
      const answer = await call(services.POST, 'POST', { params, body })
      expect(answer.status).toBe(422)
      const paths = answer.json.invalidFields.map((field: { path: string }) => field.path)
      expect(paths.sort()).toEqual(['balancing', 'instances.0.url', 'name'])
    })

    test('a write without a version is refused', async () => {
      await start()
      const { json } = await create()
      const answer = await call(one.PATCH, 'PATCH', { params: of(json.id), body: { description: 'x' } })
      expect(answer.json.invalidFields).toMatchObject([{ path: 'version' }])
    })
  })

  describe('secrets', () => {
    test('stand in no answer, activity or log, except where they are asked for', async () => {
      const { logged } = await start()
      const { json } = await create({ upstreamCredential: 'Bearer upstream-secret' })
      const revealed = await call(tokens.GET, 'GET', { params: of(json.id), query: { reveal: 'true' } })
      const secret: string = revealed.json.items[0].token
      const answers = [
        await call(one.GET, 'GET', { params: of(json.id) }),
        await call(services.GET, 'GET', { params }),
        await call(tokens.GET, 'GET', { params: of(json.id) }),
        await call(activity.GET, 'GET', { params }),
        await call(overview.GET, 'GET', { params }),
      ].map((answer) => answer.text)
      for (const text of [...answers, ...logged]) {
        expect(text).not.toContain(secret)
        expect(text).not.toContain('upstream-secret')
      }
      const actions = (await call(activity.GET, 'GET', { params })).json.items
      expect(actions.map((entry: { action: string }) => entry.action)).toContain('service-token.revealed')
    })
  })
})
