import { expect, test } from 'vitest'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  made,
  onModelApis,
  onServices,
  params,
  refusals,
  startWithWorkspaces,
} from './testing/ai-gateway.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'

const routed = (serviceId: string, change: object = {}) => ({
  ...{ name: 'chat', gatewayId: 'shared' },
  routing: { mode: 'single', target: { serviceId } },
  ...change,
})

const published = () => publishedSnapshot().then((all) => all?.modelApis[0])

describeOnBothDatabases('a Model API', (open) => {
  closeTestConsoles()

  test('is on, in the default group, with records but not bodies, unless it says otherwise', async () => {
    await startWithWorkspaces(await open())
    const { id } = await made(onServices.post(aiService()))
    const monitoring = { enabled: true, recordRequest: false, recordResponse: false }
    const api = await made(onModelApis.post(routed(id)))
    expect(api).toMatchObject({ enabled: true, resourceGroup: 'default', monitoring })
    await expect.poll(published).toMatchObject({
      enabled: true,
      monitoring: { recordRequest: false, recordResponse: false },
    })
  })

  test('is switched off and on, and its place stays its own', async () => {
    await startWithWorkspaces(await open())
    const service = await made(onServices.post(aiService()))
    const { id, version } = await made(onModelApis.post(routed(service.id)))
    const off = await onModelApis.patch(id, { version, enabled: false })
    expect(off.json).toMatchObject({ enabled: false, basePath: '/' })
    await expect.poll(published).toMatchObject({ enabled: false })
    expect((await onModelApis.post(routed(service.id, { name: 'other' }))).status).toBe(409)
    const on = await onModelApis.patch(id, { version: off.json.version, enabled: true })
    expect(on.json.enabled).toBe(true)
    await expect.poll(published).toMatchObject({ enabled: true })
  })

  test('tells nodes to record nothing where monitoring is off', async () => {
    await startWithWorkspaces(await open())
    const service = await made(onServices.post(aiService()))
    const recordAll = { enabled: true, recordRequest: true, recordResponse: true }
    const { id, version } = await made(onModelApis.post(routed(service.id, { monitoring: recordAll })))
    await expect.poll(published).toMatchObject({
      monitoring: { recordRequest: true, recordResponse: true },
    })
    await onModelApis.patch(id, { version, monitoring: { ...recordAll, enabled: false } })
    await expect.poll(published).toMatchObject({ monitoring: null })
  })

  test('takes another name, which nothing else has, and keeps its id, address and grants', async () => {
    await startWithWorkspaces(await open())
    const service = await made(onServices.post(aiService()))
    const { id, version } = await made(onModelApis.post(routed(service.id, { basePath: '/team' })))
    await made(onModelApis.post(routed(service.id, { name: 'other', basePath: '/other' })))
    const renamed = await onModelApis.patch(id, { version, name: 'chat-2' })
    expect(renamed.json).toMatchObject({ id, name: 'chat-2', basePath: '/team', version: version + 1 })
    expect((await onModelApis.get('chat-2')).json.id).toBe(id)
    expect((await onModelApis.get('chat')).status).toBe(404)
    await expect.poll(published).toMatchObject({ id, name: 'chat-2' })
    const lines = (await call(activity.GET, 'GET', { params })).json.items
    const line = lines.find(({ action }: { action: string }) => action === 'model-api.updated')
    expect(line.object).toMatchObject({ id, name: 'chat-2' })
    expect(JSON.stringify(line.changes)).toContain('chat-2')

    const next = { version: version + 1 }
    const taken = await onModelApis.patch(id, { ...next, name: 'other' })
    expect(taken.status).toBe(409)
    expect(refusals(taken)).toEqual({ name: 'taken' })
    expect(refusals(await onModelApis.patch(id, { ...next, name: 'two words' }))).toHaveProperty('name')
    expect((await onModelApis.patch(id, { ...next, name: 'chat-2' })).status).toBe(200)
    // What was given up is free for others.
    await made(onModelApis.post(routed(service.id, { basePath: '/new' })))
  })

  test('is found by its resource group', async () => {
    await startWithWorkspaces(await open())
    const { id } = await made(onServices.post(aiService()))
    await made(onModelApis.post(routed(id, { resourceGroup: 'team-a' })))
    await made(onModelApis.post(routed(id, { name: 'other', basePath: '/other' })))
    const names = async (resourceGroup: string) =>
      (await onModelApis.list({ resourceGroup })).json.items.map(({ name }: { name: string }) => name)
    expect(await names('team-a')).toEqual(['chat'])
    expect(await names('default')).toEqual(['other'])
    expect(await names('team-b')).toEqual([])
    const wrong = await onModelApis.post(routed(id, { name: 'third', resourceGroup: 'two words' }))
    expect(refusals(wrong)).toHaveProperty('resourceGroup')
  })
})
