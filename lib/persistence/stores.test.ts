import { expect, test } from 'vitest'
import type { Database } from './database.ts'
import { insertHealthEvents, listHealthEvents, purgeHealthEvents } from './health-event-store.ts'
import {
  getInferenceService,
  listInferenceServices,
  updateInferenceService,
} from './inference-service-store.ts'
import { addHealthOfNode, purgeStrayHealth, replaceHealthOfNode } from './instance-health-store.ts'
import { listMembers } from './member-store.ts'
import { saveNode } from './node-store.ts'
import { getRevision, insertRevision, listChangesAfter, listRevisions } from './revision-store.ts'
import {
  addRollups,
  hourlyTraffic,
  purgeRollups,
  requestsByToken,
  trafficOfServices,
} from './rollup-store.ts'
import { insertSampleGateway, insertSampleService, insertSampleWorkspace } from './testing/sample-rows.ts'
import { describeOnBothDatabases } from './testing/test-database.ts'
import { insertWorkspace, removeWorkspace, updateWorkspace } from './workspace-store.ts'

const hour = 3_600_000
const now = new Date(Date.UTC(2026, 0, 5, 12, 30))
const minute = now.getTime()

async function prepare(database: Database) {
  await insertSampleWorkspace(database, 'alpha')
  await insertSampleWorkspace(database, 'beta')
  await insertSampleGateway(database)
  return insertSampleService(database, { name: 'chat', workspaceId: 'ws_alpha' })
}

const list = { sort: 'name' as const, limit: 2, aliveSince: new Date(0) }

describeOnBothDatabases('Stores', (open) => {
  test('show a service to its own workspace alone', async () => {
    const { database } = await open()
    const id = await prepare(database)
    expect((await getInferenceService(database, 'ws_alpha', 'chat', now))?.id).toBe(id)
    expect(await getInferenceService(database, 'ws_beta', id, now)).toBeNull()
    expect((await listInferenceServices(database, { ...list, workspaceId: 'ws_beta' })).items).toEqual([])
    const write = updateInferenceService(
      database,
      { workspaceId: 'ws_beta', id, version: 1 },
      { description: 'x' },
    )
    await expect(write).rejects.toMatchObject({ code: 'not_found' })
  })

  test('refuse a write that was based on an older version', async () => {
    const { database } = await open()
    const id = await prepare(database)
    await updateInferenceService(
      database,
      { workspaceId: 'ws_alpha', id, version: 1 },
      { description: 'first' },
    )
    const stale = updateInferenceService(
      database,
      { workspaceId: 'ws_alpha', id, version: 1 },
      { description: 'late' },
    )
    await expect(stale).rejects.toMatchObject({ code: 'version_conflict' })
    expect(await getInferenceService(database, 'ws_alpha', id, now)).toMatchObject({
      version: 2,
      description: 'first',
    })
    const gone = updateWorkspace(database, { id: 'ws_none', version: 1 }, { displayName: 'x' })
    await expect(gone).rejects.toMatchObject({ code: 'not_found' })
  })

  test('say which name is taken, and refuse to orphan services', async () => {
    const { database } = await open()
    await prepare(database)
    const again = insertWorkspace(database, { id: 'ws_2', name: 'alpha', displayName: '' })
    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      publicMessage: expect.stringContaining('alpha'),
    })
    await expect(removeWorkspace(database, 'ws_alpha')).rejects.toThrow()
    expect(await listMembers(database, 'ws_alpha')).toEqual([])
  })

  test('page through every row once, in both directions, rows with equal keys included', async () => {
    const { database } = await open()
    await prepare(database)
    for (const name of ['delta', 'bravo', 'echo', 'alpine']) {
      await insertSampleService(database, { name, workspaceId: 'ws_alpha' })
    }
    await database.inferenceService.updateMany({ data: { updatedAt: now } })
    for (const sort of ['name', '-name', '-updatedAt'] as const) {
      const names: string[] = []
      let cursor: string | undefined
      do {
        const page = await listInferenceServices(database, { ...list, workspaceId: 'ws_alpha', sort, cursor })
        names.push(...page.items.map((row) => row.name))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      const sorted = ['alpine', 'bravo', 'chat', 'delta', 'echo']
      if (sort === '-updatedAt') expect(names.sort()).toEqual(sorted)
      else expect(names).toEqual(sort === 'name' ? sorted : sorted.reverse())
    }
    const wrong = listInferenceServices(database, { ...list, workspaceId: 'ws_alpha', cursor: 'bm9uc2Vuc2U' })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('join health of nodes that are alive, and forget what a node no longer names', async () => {
    const { database } = await open()
    const id = await prepare(database)
    const health = {
      instanceId: 'ins_chat',
      state: 'unready' as const,
      reason: 'refused',
      since: now,
      until: null,
      checkedAt: now,
    }
    for (const [node, seenAt] of [
      ['node_live', now],
      ['node_lost', new Date(0)],
    ] as const) {
      await saveNode(database, {
        id: node,
        gatewayId: 'gw_shared',
        host: 'localhost',
        pid: 1,
        programVersion: '0.1.0',
        state: 'running',
        listeners: [],
        startedAt: now,
        seenAt,
      })
      await replaceHealthOfNode(database, node, [health])
    }
    const aliveSince = new Date(now.getTime() - 15_000)
    const row = await getInferenceService(database, 'ws_alpha', id, aliveSince)
    expect(row?.instances[0]?.health.map(({ nodeId }) => nodeId)).toEqual(['node_live'])
    await addHealthOfNode(database, 'node_live', [{ ...health, instanceId: 'ins_gone' }])
    await purgeStrayHealth(database)
    expect(await database.instanceHealth.count()).toBe(2)
    await replaceHealthOfNode(database, 'node_live', [])
    expect((await getInferenceService(database, 'ws_alpha', id, aliveSince))?.instances[0]?.health).toEqual(
      [],
    )
  })

  test('keep an instance whose id stays and drop the others', async () => {
    const { database } = await open()
    const id = await prepare(database)
    await updateInferenceService(database, { workspaceId: 'ws_alpha', id, version: 1 }, {}, [
      { id: 'ins_new', url: 'http://new:1', weight: 2 },
      { id: 'ins_chat', url: 'http://moved:1', weight: 0 },
    ])
    const row = await getInferenceService(database, 'ws_alpha', id, now)
    expect(row?.instances.map(({ id: instance, url, weight }) => [instance, url, weight])).toEqual([
      ['ins_new', 'http://new:1', 2],
      ['ins_chat', 'http://moved:1', 0],
    ])
  })
})

describeOnBothDatabases('Health events', (open) => {
  test('are kept for a time, and the newest of each service', async () => {
    const { database } = await open()
    await prepare(database)
    await insertSampleService(database, { name: 'calm', workspaceId: 'ws_alpha' })
    const event = (instanceId: string, number: number) => ({
      id: `hev_${instanceId}_${String(number).padStart(4, '0')}`,
      instanceId,
      nodeId: 'node_1',
      at: new Date(now.getTime() + Math.floor(number / 3)),
      state: 'ejected' as const,
      reason: null,
    })
    const old = { ...event('ins_chat', 0), id: 'hev_old', at: new Date(now.getTime() - hour) }
    await insertHealthEvents(database, [
      old,
      ...Array.from({ length: 20 }, (_, number) => event('ins_chat', number)),
      event('ins_calm', 1),
      event('ins_gone', 1),
    ])
    expect((await listHealthEvents(database, { serviceId: 'eas_chat', limit: 50 })).items).toHaveLength(21)
    await purgeHealthEvents(database, now, 10)
    const { items } = await listHealthEvents(database, { serviceId: 'eas_chat', limit: 50 })
    expect(items.map(({ id }) => Number(id.slice(-4)))).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10])
    expect(items[0]?.url).toBe('http://10.0.0.1:8000/chat')
    expect((await listHealthEvents(database, { serviceId: 'eas_calm', limit: 50 })).items).toHaveLength(1)
  })
})

describeOnBothDatabases('Rollups', (open) => {
  const rollup = {
    serviceId: 'eas_chat',
    tokenId: 'key_chat' as string | null,
    minute,
    requests: 2,
    clientErrors: 1,
    serverErrors: 0,
    rateLimited: 1,
    durationMsSum: 10.5,
    firstByteMsSum: 4,
    inputTokens: 3_000_000_000,
    outputTokens: 5,
    bytesIn: 1,
    bytesOut: 1,
  }

  test('add up over reports, within a report and over tokens', async () => {
    const { database } = await open()
    await addRollups(database, 'gw_shared', [rollup, rollup, { ...rollup, tokenId: null }])
    await addRollups(database, 'gw_shared', [rollup, { ...rollup, minute: minute - 2 * hour }])
    const since = new Date(minute - hour)
    expect((await trafficOfServices(database, ['eas_chat', 'eas_idle'], since)).get('eas_chat')).toEqual({
      requests: 8,
      clientErrors: 4,
      serverErrors: 0,
      rateLimited: 4,
      durationMsSum: 42,
      firstByteMsSum: 16,
      inputTokens: 12_000_000_000,
      outputTokens: 20,
    })
    expect([...(await requestsByToken(database, 'eas_chat', since))].sort()).toEqual([
      ['', 2],
      ['key_chat', 6],
    ])
    const series = await hourlyTraffic(database, ['eas_chat'], now)
    expect(series).toHaveLength(24)
    expect(series.slice(-3).map(({ requests }) => requests)).toEqual([2, 0, 8])
  })

  test('of thousands of tokens go in at once, and old ones go', async () => {
    const { database } = await open()
    const many = Array.from({ length: 2500 }, (_, index) => ({ ...rollup, tokenId: `key_${index}` }))
    await addRollups(database, 'gw_shared', many)
    expect(await purgeRollups(database, new Date(minute))).toBe(0)
    expect(await purgeRollups(database, new Date(minute + 1))).toBe(2500)
  })
})

describeOnBothDatabases('Revisions', (open) => {
  test('hide the changes of other workspaces', async () => {
    const { database } = await open()
    await insertSampleGateway(database)
    for (const [number, workspaceId] of [
      [1, 'ws_alpha'],
      [2, 'ws_beta'],
      [3, null],
    ] as const) {
      await insertRevision(
        database,
        { id: `rev_${number}`, gatewayId: 'gw_shared', number, authorName: 'Ada', createdAt: now },
        [
          {
            id: `chg_${number}`,
            workspaceId,
            objectKind: 'inference-service',
            objectId: `eas_${number}`,
            objectName: 'x',
            operation: 'created',
            before: null,
            after: { nested: [1, null, 'é'] },
          },
        ],
      )
    }
    const seen = await listRevisions(database, { gatewayId: 'gw_shared', workspaceId: 'ws_alpha', limit: 10 })
    expect(seen.items.map(({ number }) => number)).toEqual([3, 1])
    const beta = { gatewayId: 'gw_shared', workspaceId: 'ws_alpha', number: 2 }
    expect(await getRevision(database, beta)).toBeNull()
    const changes = await listChangesAfter(database, { ...beta, workspaceId: null, number: 1 })
    expect(changes.map(({ number, before, after }) => [number, before, after])).toEqual([
      [2, null, { nested: [1, null, 'é'] }],
      [3, null, { nested: [1, null, 'é'] }],
    ])
  })
})
