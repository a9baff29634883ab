import { expect, test } from 'vitest'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { translateSentence } from '@/lib/messages/sentences.ts'
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
import * as domains from './workspaces/[workspace]/domains/route.ts'

const api = (routing: object, change: object = {}) => ({
  ...{ name: 'chat', gatewayId: 'shared' },
  routing,
  ...change,
})
const to = (serviceId: string, model: string | null = null) => ({ serviceId, model })

describeOnBothDatabases('a Model API', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())
  const makeService = async (name: string) => (await made(onServices.post(aiService({}, name)))).id as string

  test('is refused where it cannot be meant', async () => {
    await start()
    const one = await makeService('one')
    const two = await makeService('two')
    const weights = (...given: unknown[]) => ({
      mode: 'weight',
      targets: given.map((weight) => ({ serviceId: one, weight })),
    })
    const percent = 'A whole number from 0 to 100.'
    const window = 'A whole number from 10 to 1000.'
    const metrics = (change: object) => ({ mode: 'metrics', targets: [to(one), to(two)], ...change })
    const pattern = (given: string) => ({
      mode: 'model-name',
      rules: [{ pattern: given, target: to(one) }],
    })
    /** Null: of no form that a person fills in. */
    const wrong: Array<[routing: object, path: string, message: string | null]> = [
      [weights(60, 30), 'targets', 'The weights sum to 90. They must sum to 100.'],
      [weights(99.5, 0.5), 'targets.0.weight', percent],
      [weights(-10, 110), 'targets.0.weight', percent],
      [weights(), 'targets', 'Choose a service.'],
      [{ mode: 'round-robin', target: to(one) }, 'mode', null],
      [{ mode: 'single', target: {} }, 'target.serviceId', null],
      [
        { mode: 'single', target: to(one, ' ') },
        'target.model',
        'Name the model, or leave it as the caller names it.',
      ],
      [{ mode: 'model-name', rules: [] }, 'rules', 'Give a rule.'],
      [pattern(' '), 'rules.0.pattern', 'Give a pattern.'],
      [metrics({ targets: [to(one)] }), 'targets', 'Choose two services or more.'],
      [metrics({ maxShare: 0 }), 'maxShare', 'Above 0, and 1 at most.'],
      [metrics({ window: 5 }), 'window', window],
      [metrics({ window: 10.5 }), 'window', window],
      [{ mode: 'intent', intents: {}, default: to(one) }, 'intents', 'Give an intent its service.'],
      [{ mode: 'intent', intents: { code: to(one) } }, 'default', null],
    ]
    for (const [routing, path, message] of wrong) {
      const answer = await onModelApis.post(api(routing))
      expect(answer.status, answer.text).toBe(422)
      const [field] = answer.json.invalidFields
      expect(field.path).toBe(`routing.${path}`)
      if (message === null) continue
      expect(field.message).toBe(message)
      expect(translateSentence(message, 'zh-CN'), message).toMatch(/[一-鿿]/)
    }
    const nothing = await onModelApis.post(api(weights(100), { fallback: { enabled: true } }))
    expect(nothing.json.invalidFields).toMatchObject([
      { path: 'fallback.targets', message: 'Choose a service to fall back to.' },
    ])
    const path = await onModelApis.post(api(weights(100), { basePath: '//x?' }))
    expect(refusals(path)).toHaveProperty('basePath')
    expect((await onModelApis.list()).json.items).toEqual([])
  })

  test('stands at a place of its own: who else wants it is told whose it is', async () => {
    await start()
    const one = await makeService('one')
    const single = { mode: 'single', target: { serviceId: one } }
    const body = { gatewayId: 'shared', name: 'chat.example.com', protocol: 'http' }
    const domain = await made(call(domains.POST, 'POST', { params, body }))
    const place = { domainIds: [domain.id], basePath: '/chat' }
    await made(onModelApis.post(api(single, { ...place, name: 'owner' })))
    const taken = await onModelApis.post(api(single, { ...place, name: 'late' }))
    expect(taken).toMatchObject({
      status: 409,
      json: {
        code: 'conflict',
        invalidFields: [{ path: 'basePath', code: 'path_taken', params: { owner: 'owner', path: '/chat' } }],
      },
    })
    expect(taken.json.detail).toBe(
      'Model API owner answers at /chat of chat.example.com already. Choose another base path or name.',
    )
    expect(translateSentence(taken.json.detail, 'zh-CN')).toMatch(/^Model API owner 已占用 \/chat/)
    const late = await made(onModelApis.post(api(single, { name: 'late', basePath: '/chat' })))
    const moved = await onModelApis.patch(late.id, { version: 1, domainIds: [domain.id] })
    expect(moved).toMatchObject({ status: 409, json: { code: 'conflict' } })
  })
})
