import { expect, test } from 'vitest'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  compatible,
  made,
  onServices,
  params,
  refusals,
  startWithWorkspaces,
} from './testing/ai-gateway.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'

const published = async (name: string) =>
  (await publishedSnapshot())?.upstreamServices.find((candidate) => candidate.name === name)

describeOnBothDatabases('keys of services', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('are never shown again: not in answers, activity or the log', async () => {
    const { logged } = await start()
    const secret = 'sk-never-to-be-seen-9999'
    await made(onServices.post(aiService({ apiKeys: [secret] })))
    const seen = [
      (await onServices.get('vllm')).text,
      (await call(activity.GET, 'GET', { params })).text,
      JSON.stringify(logged),
      (await onServices.post(aiService({ apiKeys: [secret], baseUrl: 'x' }, 'b'))).text,
    ]
    expect(seen.filter((text) => text.includes(secret))).toEqual([])
  })

  test('stay by their id: relabelled, reordered, replaced one at a time', async () => {
    await start()
    const apiKeys = ['sk-aaaaaaaaaaaa1111', 'sk-bbbbbbbbbbbb2222']
    const { keys } = await made(onServices.post(aiService({ apiKeys })))
    const next = [{ id: keys[1].id, label: 'kept' }, { value: 'sk-cccccccccccc3333' }]
    const changed = await onServices.patch('vllm', { version: 1, ai: compatible({ apiKeys: next }) })
    expect(changed.json).toMatchObject({
      version: 2,
      keys: [{ id: keys[1].id, label: 'kept', hint: '2222' }, { hint: '3333' }],
    })
    await expect
      .poll(async () => (await published('vllm'))?.upstream)
      .toMatchObject({ keys: [{ value: 'sk-bbbbbbbbbbbb2222' }, { value: 'sk-cccccccccccc3333' }] })
    expect((await onServices.patch('vllm', { version: 1, description: 'x' })).json).toMatchObject({
      code: 'version_conflict',
      current: { version: 2 },
    })
  })

  test('stay with the address that they were written for', async () => {
    await start()
    const { keys } = await made(onServices.post(aiService()))
    const kept = [{ id: keys[0].id }]
    const moved = compatible({ apiKeys: kept, baseUrl: 'http://10.0.0.2:8000/v1' })
    expect(refusals(await onServices.patch('vllm', { version: 1, ai: moved }))).toEqual({
      'ai.apiKeys.0.value': 'key_again',
    })
    const renamed = { ...compatible({ apiKeys: kept }), provider: 'deepseek' }
    expect(refusals(await onServices.patch('vllm', { version: 1, ai: renamed }))).toEqual({
      'ai.apiKeys.0.value': 'key_again',
    })
    const deeper = compatible({ apiKeys: kept, baseUrl: 'http://10.0.0.1:8000/team/v1' })
    expect((await onServices.patch('vllm', { version: 1, ai: deeper })).status).toBe(200)
  })

  test('are ten at most', async () => {
    await start()
    const apiKeys = Array.from({ length: 11 }, (_, index) => `sk-key-number-${index}`)
    expect((await onServices.post(aiService({ apiKeys }))).status).toBe(422)
    expect((await onServices.post(aiService({ apiKeys: apiKeys.slice(1) }))).status).toBe(201)
  })
})
