import { describe, expect, test } from 'vitest'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { publishedSnapshot as snapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { passiveHealthInput, retriesInput } from '@/lib/domain/traffic-policy.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as nodes from './workspaces/[workspace]/gateways/[gateway]/nodes/route.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as one from './workspaces/[workspace]/inference-services/[id]/route.ts'
import * as token from './workspaces/[workspace]/inference-services/[id]/tokens/[token]/route.ts'
import * as tokens from './workspaces/[workspace]/inference-services/[id]/tokens/route.ts'
import * as services from './workspaces/[workspace]/inference-services/route.ts'
import * as apiTokens from './workspaces/[workspace]/tokens/route.ts'
import * as workspaces from './workspaces/route.ts'

const workspace = 'acme'
const params = { workspace }
const shared = { workspace, gateway: 'shared' }
const of = (id: string) => ({ workspace, id })
const input = { name: 'qwen_7b', instances: [{ url: 'http://10.0.0.5:8000' }] }
const defaults = {
  protocol: 'http',
  upstreamHttp: '1.1',
  requestsPerSecond: null,
  concurrency: null,
  retries: { attempts: 2, idempotent: false },
  passiveHealth: passiveHealthInput.parse({}),
  slowStartMs: 10_000,
  panicThreshold: 50,
}
const controls = {
  protocol: 'grpc',
  upstreamHttp: '2',
  requestsPerSecond: 50,
  concurrency: { perInstance: 4, queueSize: 8, queueTimeoutMs: 1000 },
  retries: { attempts: 1, idempotent: true },
  passiveHealth: { ...passiveHealthInput.parse({}), failures: 2, pauseOnRetryAfter: false },
  slowStartMs: 0,
  panicThreshold: 30,
}

describeOnBothDatabases('traffic controls', (open) => {
  closeTestConsoles()

  async function start() {
    const opened = await open()
    const console_ = await startTestConsole(opened)
    await call(workspaces.POST, 'POST', { body: { name: workspace } })
    return { ...console_, database: opened.database }
  }
  const create = async (change: object = {}) => {
    const answer = await call(services.POST, 'POST', { params, body: { ...input, ...change } })
    expect(answer.status).toBe(201)
    return answer.json
  }
  const update = (id: string, body: object) => call(one.PATCH, 'PATCH', { params: of(id), body })
  const viewer = async () => {
    const body = { name: 'looks', role: 'viewer' }
    return String((await call(apiTokens.POST, 'POST', { params, body })).json.token)
  }
  const firstToken = async (id: string) => (await call(tokens.GET, 'GET', { params: of(id) })).json.items[0]
  const served = async () => (await snapshot())?.services[0]

  describe('of a service', () => {
    test('have the product’s defaults, in the answer and in the snapshot', async () => {
      await start()
      expect(await create()).toMatchObject(defaults)
      await expect.poll(served).toMatchObject(defaults)
    })

    test('are set on creation and read back', async () => {
      await start()
      const { id } = await create(controls)
      expect((await call(one.GET, 'GET', { params: of(id) })).json).toMatchObject(controls)
      expect((await call(services.GET, 'GET', { params })).json.items).toMatchObject([controls])
      await expect.poll(served).toMatchObject(controls)
    })

    test('stay where an update leaves them out, and go where it says null', async () => {
      await start()
      const { id } = await create(controls)
      expect((await update(id, { version: 1, description: 'same' })).json).toMatchObject(controls)
      const none = { requestsPerSecond: null, concurrency: null, passiveHealth: null }
      const cleared = await update(id, { version: 2, ...none, protocol: 'http' })
      expect(cleared.json).toMatchObject({ ...controls, ...none, protocol: 'http' })
      await expect.poll(served).toMatchObject({ ...controls, ...none, protocol: 'http' })
      const again = await update(id, { version: 3, passiveHealth: {}, retries: {} })
      expect(again.json).toMatchObject({
        passiveHealth: defaults.passiveHealth,
        retries: retriesInput.parse({}),
      })
    })

    test.each([
      [{ requestsPerSecond: 0 }, 'requestsPerSecond', 'At least 1 a second.'],
      [{ concurrency: { perInstance: 0 } }, 'concurrency.perInstance', expect.any(String)],
      [{ concurrency: {} }, 'concurrency.perInstance', expect.any(String)],
      [{ retries: { attempts: 6 } }, 'retries.attempts', expect.any(String)],
      [
        { passiveHealth: { failures: 11 } },
        'passiveHealth.failures',
        expect.stringMatching(/At most as many/),
      ],
      [
        { passiveHealth: { ejectMs: 20_000, ejectMsMax: 10_000 } },
        'passiveHealth.ejectMsMax',
        expect.stringMatching(/Not shorter/),
      ],
      [{ slowStartMs: -1 }, 'slowStartMs', expect.any(String)],
      [{ panicThreshold: 101 }, 'panicThreshold', expect.any(String)],
      [{ protocol: 'h3' }, 'protocol', expect.any(String)],
      [{ upstreamHttp: '3' }, 'upstreamHttp', expect.any(String)],
    ])('refuse %o by its field, on creation and on update', async (change, path, message) => {
      await start()
      const { id } = await create()
      const refused = { status: 422, json: { invalidFields: [{ path, message }] } }
      expect(await update(id, { version: 1, ...change })).toMatchObject(refused)
      const body = { ...input, name: 'other', ...change }
      expect(await call(services.POST, 'POST', { params, body })).toMatchObject(refused)
    })

    test('come back with a revision older than they are, as their defaults', async () => {
      const { database } = await start()
      const { id } = await create(controls)
      expect((await update(id, { version: 1, description: 'new' })).status).toBe(200)
      for (const { id: change, before } of await database.revisionChange.findMany()) {
        if (before === null) continue
        const { upstreamHttp, requestsPerSecond, concurrency, retries, passiveHealth, ...rest } =
          before as Record<string, never>
        const { slowStartMs, panicThreshold, ...old } = rest
        expect(slowStartMs).toBe(0)
        await database.revisionChange.update({ where: { id: change }, data: { before: old } })
      }
      const [newest, oldest] = (await call(revisions.GET, 'GET', { params: shared })).json.items
      const past = { ...shared, number: String(oldest.number) }
      const body = { basedOn: newest.number }
      expect((await call(restore.POST, 'POST', { params: past, body })).status).toBe(200)
      const restored = (await call(one.GET, 'GET', { params: of(id) })).json
      expect(restored).toMatchObject({ ...defaults, protocol: 'grpc', description: '' })
    })

    test('count what they refused into the day’s traffic', async () => {
      const { clock } = await start()
      const { id } = await create()
      const minute = Math.floor(clock.now() / 60_000) * 60_000
      const sums = {
        durationMsSum: 1,
        firstByteMsSum: 1,
        inputTokens: 0,
        outputTokens: 0,
        bytesIn: 0,
        bytesOut: 0,
      }
      const counts = { requests: 9, clientErrors: 4, serverErrors: 0, rateLimited: 4 }
      const rollup = { minute, serviceId: id, tokenId: null, ...counts, ...sums }
      await reportNode(clock.now(), { rollups: [rollup] })
      const { traffic24h } = (await call(one.GET, 'GET', { params: of(id) })).json
      expect(traffic24h).toMatchObject({ requests: 9, successRate: 1, rateLimited: 4 })
    })
  })

  describe('of a token', () => {
    const patch = (id: string, tokenId: string, requestsPerSecond: unknown, as?: string) =>
      call(token.PATCH, 'PATCH', {
        params: { ...of(id), token: tokenId },
        body: { requestsPerSecond },
        ...(as !== undefined && { token: as }),
      })

    test('reach the snapshot as a revision, are recorded, and go with rotation', async () => {
      const { clock } = await start()
      const { id } = await create()
      const { id: tokenId } = await firstToken(id)
      const limited = await patch(id, tokenId, 7)
      expect(limited).toMatchObject({ status: 200, json: { id: tokenId, token: null, requestsPerSecond: 7 } })
      await expect.poll(served).toMatchObject({ tokens: [{ id: tokenId, requestsPerSecond: 7 }] })
      const [revision] = (await call(revisions.GET, 'GET', { params: shared })).json.items
      expect(revision.changes).toMatchObject([{ kind: 'service-token', operation: 'updated' }])
      const query = { action: 'service-token.updated' }
      const changes = [{ path: 'requestsPerSecond', before: null, after: 7 }]
      expect((await call(activity.GET, 'GET', { params, query })).json.items).toMatchObject([{ changes }])
      const body = { graceSeconds: 900 }
      const rotated = await call(tokens.POST, 'POST', { params: of(id), body })
      expect(rotated.json.items).toMatchObject([{ requestsPerSecond: 7 }, { requestsPerSecond: 7 }])
      expect((await patch(id, rotated.json.items[1].id, null)).json.requestsPerSecond).toBeNull()
      clock.advance(901_000)
      expect((await patch(id, tokenId, 5)).status).toBe(404)
    })

    test('are not for viewers, nor for another workspace, nor below 1', async () => {
      await start()
      const { id } = await create()
      const { id: tokenId } = await firstToken(id)
      expect((await patch(id, tokenId, 7, await viewer())).status).toBe(403)
      expect((await patch(id, 'key_unknown', 7)).status).toBe(404)
      expect(await patch(id, tokenId, 0)).toMatchObject({
        status: 422,
        json: { invalidFields: [{ path: 'requestsPerSecond', message: 'At least 1 a second.' }] },
      })
      await call(workspaces.POST, 'POST', { body: { name: 'other' } })
      const elsewhere = { workspace: 'other', id, token: tokenId }
      const body = { requestsPerSecond: 7 }
      expect((await call(token.PATCH, 'PATCH', { params: elsewhere, body })).status).toBe(404)
    })
  })

  describe('of a gateway', () => {
    const get = async () => (await call(gateway.GET, 'GET', { params: shared })).json
    const set = (body: object) => call(gateway.PATCH, 'PATCH', { params: shared, body })

    test('show what is in force; null takes a limit away and leaving out keeps it', async () => {
      await start()
      const rates = { requestsPerSecond: 10_000, requestsPerSecondPerService: 1000 }
      const node = { connectionsMax: 12_000, requestsInFlightMax: 10_000 }
      expect((await get()).limits).toMatchObject({ ...rates, ...node })
      expect((await snapshot())?.limits).toMatchObject({ ...rates, ...node })
      const limits = { requestsPerSecond: null, connectionsMax: 50 }
      const changed = { ...rates, ...node, ...limits }
      expect((await set({ version: 1, limits })).json.limits).toMatchObject(changed)
      await expect.poll(async () => (await snapshot())?.limits).toMatchObject(changed)
      const more = await set({ version: 2, limits: { requestsPerSecondPerService: 5 } })
      expect(more.json.limits).toMatchObject({ ...changed, requestsPerSecondPerService: 5 })
      expect(await set({ version: 2, limits: {} })).toMatchObject({
        status: 409,
        json: { code: 'version_conflict', current: { version: 3 } },
      })
    })

    test.each([
      [{ requestsPerSecond: 0 }, 'limits.requestsPerSecond'],
      [{ connectionsMax: 9 }, 'limits.connectionsMax'],
      [{ requestsInFlightMax: 0 }, 'limits.requestsInFlightMax'],
      [{ connectionsMax: null }, 'limits.connectionsMax'],
    ])('refuse %o by its field', async (limits, path) => {
      await start()
      const refused = { status: 422, json: { invalidFields: [{ path }] } }
      expect(await set({ version: 1, limits })).toMatchObject(refused)
    })

    test('take the PROXY protocol only with proxies that are trusted', async () => {
      await start()
      const proxyProtocol = { internet: true, vpc: false }
      const field = (path: string) => ({
        status: 422,
        json: { invalidFields: [{ path, code: 'trusted_proxies_missing' }] },
      })
      expect(await set({ version: 1, proxyProtocol })).toMatchObject(field('proxyProtocol'))
      const trustedProxies = ['10.0.0.0/8']
      const on = await set({ version: 1, proxyProtocol, trustedProxies })
      expect(on).toMatchObject({ status: 200, json: { proxyProtocol, trustedProxies } })
      await expect.poll(async () => (await snapshot())?.proxyProtocol).toEqual(proxyProtocol)
      expect(await set({ version: 2, trustedProxies: [] })).toMatchObject(field('trustedProxies'))
      const off = { internet: false, vpc: false }
      expect((await set({ version: 2, trustedProxies: [], proxyProtocol: off })).status).toBe(200)
    })

    test('say how many connections each node holds', async () => {
      const { clock } = await start()
      await reportNode(clock.now(), { connections: 17 })
      const { items } = (await call(nodes.GET, 'GET', { params: shared })).json
      expect(items).toMatchObject([{ connections: 17 }])
    })
  })
})
