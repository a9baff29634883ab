import { randomBytes } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { insertGatewayIfAbsent } from '@/lib/persistence/gateway-store.ts'
import { insertInferenceService } from '@/lib/persistence/inference-service-store.ts'
import { listNodes } from '@/lib/persistence/node-store.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'
import { insertServiceToken, listServiceTokens } from '@/lib/persistence/service-token-store.ts'
import { describeOnBothDatabases, type OpenTestDatabase } from '@/lib/persistence/testing/test-database.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type { NodeReport } from '@/lib/snapshot/node-report.ts'
import { decodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'
import { type ControlPlane, startControlPlane } from './control-plane.ts'
import { isNode, readReport } from './node-door.ts'
import { recordChange } from './record-change.ts'
import { snapshotStream } from './snapshot-stream.ts'
import { testPlace } from './testing/test-place.ts'

const masterKey = randomBytes(32)
const nodeToken = 'n'.repeat(40)
let plane: ControlPlane | null = null
afterEach(() => plane?.close())

async function start(open: OpenTestDatabase) {
  const { database } = await open()
  const clock = { now: () => Date.now() }
  const logger = createLogger('test', 'silent')
  plane = startControlPlane({ database, masterKey, place: testPlace, clock, nodeToken, logger })
  await inTransaction(database, async (transaction) => {
    await insertGatewayIfAbsent(transaction, {
      id: sharedGatewayId,
      name: 'shared',
      type: 'shared',
      status: 'running',
      limits: {},
      trustedProxies: [],
    })
    await transaction.workspace.create({ data: { id: 'ws_1', name: 'acme', displayName: 'Acme' } })
  })
  return { database, plane }
}

async function saveService(database: Awaited<ReturnType<typeof start>>['database'], name: string) {
  await inTransaction(database, async (transaction) => {
    const id = `eas_${name}`
    await insertInferenceService(
      transaction,
      {
        id,
        workspaceId: 'ws_1',
        gatewayId: sharedGatewayId,
        name,
        runtime: 'endpoint',
        runtimeConfig: {},
        apiType: 'openai-chat',
        protocol: 'http',
        balancing: { strategy: 'hash', on: { header: 'x-user' } },
        requestTimeoutMs: 60_000,
        upstreamCredentialSealed: sealSecret(masterKey, id, 'upstream secret'),
        labels: {},
        createdByName: 'Li Wei',
      },
      [{ id: `ins_${name}`, url: 'http://10.0.0.5:8000', weight: 1 }],
    )
    const tokenId = `key_${name}`
    await insertServiceToken(transaction, {
      id: tokenId,
      serviceId: id,
      tokenHash: name,
      sealed: sealSecret(masterKey, tokenId, `ek_live_${name}`),
      hint: 'abcd',
      createdByName: 'Li Wei',
    })
    await recordChange(transaction, {
      gatewayId: sharedGatewayId,
      author: { id: null, name: 'Li Wei' },
      changes: [],
      now: Date.now(),
    })
  })
  plane?.publisher.configurationChanged(sharedGatewayId)
}

function report(changes: Partial<NodeReport> = {}): NodeReport {
  return {
    nodeId: 'node_1',
    gatewayId: sharedGatewayId,
    host: 'box',
    pid: 7,
    version: '0.1.0',
    startedAt: Date.now(),
    state: 'running',
    listeners: [{ side: 'internet', protocol: 'http', port: 8080 }],
    revision: 1,
    appliedAt: Date.now(),
    refused: null,
    openRequests: 0,
    connections: 0,
    residentBytes: 1,
    instances: null,
    upstreamServices: null,
    healthEvents: [],
    rollups: [],
    rollupsDropped: 0,
    records: [],
    ...changes,
  }
}

describeOnBothDatabases('the control plane', (open) => {
  test('streams the present snapshot, then each save, secrets opened', async () => {
    const { database, plane } = await start(open)
    await saveService(database, 'one')
    const reader = snapshotStream(plane, sharedGatewayId).getReader()
    const decoder = new TextDecoder()
    let received = ''
    const until = async (text: string) => {
      while (!received.includes(text))
        received += decoder.decode((await reader.read()).value, { stream: true })
    }
    await until('"name":"one"')
    await saveService(database, 'two')
    await until('"name":"two"')
    const newest = received.split('event: snapshot\n').at(-1) ?? ''
    const lines = [...newest.matchAll(/^data: (\{"(?:formatVersion|id)".*)$/gm)].map(([, line = '']) => line)
    expect(decodeSnapshot(lines)).toMatchObject({
      revision: 2,
      services: [
        {
          name: 'one',
          balancing: { strategy: 'hash', on: { header: 'x-user' } },
          upstreamAuthorization: 'upstream secret',
          tokens: [{ value: 'ek_live_one', expiresAt: null }],
        },
        { name: 'two' },
      ],
    })
    await reader.cancel()
  })

  test('writes a node down at once when it changes, and rarely when it does not', async () => {
    const { database, plane } = await start(open)
    const seen = vi.fn()
    plane.events.subscribe('ws_1', seen)
    await plane.nodes.take(report())
    await plane.nodes.take(report({ openRequests: 5 }))
    expect(await listNodes(database, sharedGatewayId)).toMatchObject([{ revision: 1, openRequests: 0 }])
    await plane.nodes.take(report({ revision: 2 }))
    expect(await listNodes(database, sharedGatewayId)).toMatchObject([{ revision: 2 }])
    expect(seen).toHaveBeenCalledWith({ kind: 'gateway-node', id: 'node_1', version: 2 })
  })

  test('adds up what nodes counted, and remembers when a token was used', async () => {
    const { database, plane } = await start(open)
    await saveService(database, 'one')
    const minute = Math.floor(Date.now() / 60_000) * 60_000
    const rollup = {
      minute,
      serviceId: 'eas_one',
      tokenId: 'key_one',
      requests: 2,
      clientErrors: 0,
      serverErrors: 1,
      rateLimited: 1,
      durationMsSum: 10,
      firstByteMsSum: 4,
      inputTokens: 3,
      outputTokens: 4,
      bytesIn: 5,
      bytesOut: 6,
    }
    await plane.nodes.take(report({ rollups: [rollup] }))
    await plane.nodes.take(report({ rollups: [rollup, { ...rollup, tokenId: null }] }))
    const rows = await database.requestRollup.findMany({ orderBy: { tokenId: 'desc' } })
    expect(rows).toMatchObject([
      { tokenId: 'key_one', requests: 4, serverErrors: 2, rateLimited: 2, outputTokens: 8n },
      { tokenId: '', requests: 2 },
    ])
    const [token] = await listServiceTokens(database, 'ws_1', 'eas_one', new Date())
    expect(token?.lastUsedAt?.getTime()).toBe(minute)
  })
})

describeOnBothDatabases('the history of an instance that flaps', (open) => {
  test('does not grow without bound between two tidyings', async () => {
    const { database, plane } = await start(open)
    await saveService(database, 'one')
    const flapping = { instanceId: 'ins_one', at: Date.now(), state: 'ejected' as const, reason: null }
    const healthEvents = Array.from({ length: 2000 }, () => flapping)
    for (let reports = 0; reports < 3; reports++) await plane.nodes.take(report({ healthEvents }))
    expect(await database.instanceHealthEvent.count()).toBe(1000)
  })
})

test('only the node token opens the door', () => {
  const asking = (authorization: string) => new Request('http://console/', { headers: { authorization } })
  expect(isNode(asking(`Bearer ${nodeToken}`), nodeToken)).toBe(true)
  for (const wrong of ['', nodeToken, `Bearer ${nodeToken}x`, 'Bearer ', 'Basic bm9kZQ==']) {
    expect(isNode(asking(wrong), nodeToken)).toBe(false)
  }
})

test('a report that does not fit is refused with the field that is wrong', async () => {
  const posted = (body: string) => new Request('http://console/', { method: 'POST', body })
  expect(await readReport(posted(JSON.stringify(report())))).toMatchObject({ ok: true })
  expect(await readReport(posted('{"nodeId":'))).toMatchObject({ ok: false, status: 400 })
  expect(await readReport(posted(JSON.stringify({ ...report(), pid: 'x' })))).toMatchObject({
    ok: false,
    detail: expect.stringMatching(/^pid: .*version 0\.1\.0/),
  })
  expect(await readReport(posted('x'.repeat(8 * 1024 * 1024 + 1)))).toMatchObject({ status: 413 })
})
