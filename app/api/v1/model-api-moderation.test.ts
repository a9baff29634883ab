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
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'

/** Of a machine that has much else to do. */
const soon = { timeout: 20_000 }
const shared = { ...params, gateway: 'shared' }
const api = (serviceId: string, plugins?: object) => ({
  ...{ name: 'chat', gatewayId: 'shared', routing: { mode: 'single', target: { serviceId } } },
  ...(plugins && { plugins }),
})
const rule = { kind: 'word', text: 'secret', action: 'mask', isCaseSensitive: false, wholeWord: false }
const moderation = {
  ...{ enabled: true, request: true, reply: true, rules: [rule] },
  ...{ endpoint: null, message: 'Ask the team.' },
}
const off = { enabled: false, request: true, reply: false, rules: [], endpoint: null, message: null }

describeOnBothDatabases('the moderation of a Model API', (open) => {
  closeTestConsoles()
  const start = async (): Promise<string> => {
    await startWithWorkspaces(await open())
    return (await made(onServices.post(aiService()))).id
  }
  const published = async () => (await publishedSnapshot())?.modelApis[0]?.moderation
  const revision = async (): Promise<number> =>
    (await call(gateway.GET, 'GET', { params: shared })).json.revision
  const bringBack = async (number: number) =>
    call(restore.POST, 'POST', {
      params: { ...shared, number: String(number) },
      body: { basedOn: await revision() },
    })

  test('is off by itself, kept and published once it is on, and comes back with a revision', async () => {
    const { id, version, plugins } = await made(onModelApis.post(api(await start())))
    expect(plugins.moderation).toEqual(off)
    await expect.poll(published, soon).toBeNull()
    const on = await onModelApis.patch(id, { version, plugins: { moderation } })
    expect(on.status, on.text).toBe(200)
    expect(on.json.plugins.moderation).toEqual(moderation)
    const { enabled: _, ...compiled } = moderation
    await expect.poll(published, soon).toEqual(compiled)
    const before = await revision()
    const other = await onModelApis.patch(id, { version: on.json.version, plugins: {}, basePath: '/team' })
    expect(other.json.plugins.moderation).toEqual(moderation)
    const change = { version: other.json.version, plugins: { moderation: { ...moderation, enabled: false } } }
    expect((await onModelApis.patch(id, change)).status).toBe(200)
    await expect.poll(published, soon).toBeNull()
    const restored = await bringBack(before)
    expect(restored.status, restored.text).toBe(200)
    expect((await onModelApis.get(id)).json).toMatchObject({ basePath: '/', plugins: { moderation } })
    expect((await onModelApis.remove(id)).status).toBe(204)
    const again = await bringBack(before)
    expect(again.status, again.text).toBe(200)
    await expect.poll(published, soon).toEqual(compiled)
  })

  test('names each rule that cannot be used, also while it is off', async () => {
    const service = await start()
    const rules = [rule, { ...rule, text: ' ' }, { ...rule, kind: 'pattern', text: '.*@' }]
    for (const enabled of [true, false]) {
      const refused = await onModelApis.post(api(service, { moderation: { ...moderation, enabled, rules } }))
      expect(refused.status).toBe(422)
      expect(refusals(refused)).toEqual({
        'plugins.moderation.rules.1.text': 'rule_unusable',
        'plugins.moderation.rules.2.text': 'rule_unusable',
      })
    }
    const { id, version } = await made(onModelApis.post(api(service)))
    const large = { ...rule, kind: 'pattern', text: '(?:[a-z]{1,90}){1,3}' }
    const change = { version, plugins: { moderation: { ...moderation, rules: Array(30).fill(large) } } }
    const refused = await onModelApis.patch(id, change)
    expect(Object.keys(refusals(refused))).toContain('plugins.moderation.rules')
  })

  test('is refused with the path of what is wrong', async () => {
    const service = await start()
    const wrong: Array<[path: string, change: object]> = [
      ['plugins.moderation.rules', { rules: [] }],
      ['plugins.moderation.rules', { rules: Array(1_051).fill(rule) }],
      ['plugins.moderation.request', { request: false, reply: false }],
      ['plugins.moderation', { url: 'https://example.com' }],
      ['plugins.moderation.endpoint', { endpoint: 'https://example.com' }],
      ['plugins.moderation.message', { message: ' ' }],
      ['plugins.moderation.rules.0.action', { rules: [{ ...rule, action: 'replace' }] }],
    ]
    for (const [path, change] of wrong) {
      const refused = await onModelApis.post(api(service, { moderation: { ...moderation, ...change } }))
      expect(refused.status).toBe(422)
      expect(Object.keys(refusals(refused))).toEqual([path])
    }
  })
})
