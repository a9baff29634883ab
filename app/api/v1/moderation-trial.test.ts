import { expect, test } from 'vitest'
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
  tokenOf,
} from './testing/ai-gateway.ts'
import * as tryRoute from './workspaces/[workspace]/model-apis/[id]/plugins/moderation/try/route.ts'

describeOnBothDatabases('trying rules of moderation', (open) => {
  closeTestConsoles()
  const start = async () => {
    await startWithWorkspaces(await open())
    const { id: serviceId } = await made(onServices.post(aiService({}, 'one')))
    const routing = { mode: 'single', target: { serviceId } }
    const api = { gatewayId: 'shared', name: 'chat', basePath: '/chat', routing }
    const { id } = await made(onModelApis.post(api))
    return id as string
  }
  const ask = (id: string, rules: readonly object[], text: string, token?: string) =>
    call(tryRoute.POST, 'POST', {
      params: { ...params, id },
      body: { rules, text },
      ...(token !== undefined && { token }),
    })
  const mask = { kind: 'pattern', text: '1[3-9]\\d{9}', action: 'mask' }
  const block = { kind: 'word', text: '机密', action: 'block' }

  test('tells what is masked, and what the text becomes', async () => {
    const id = await start()
    const { status, json } = await ask(id, [block, mask], 'call 13812345678')
    expect([status, json]).toEqual([
      200,
      { text: 'call ***********', matches: [{ rule: 1, action: 'mask', start: 5, end: 16 }] },
    ])
    expect((await ask(id, [], 'anything')).json).toEqual({ text: 'anything', matches: [] })
  })

  test('tells what blocks, after what was masked before it', async () => {
    const id = await start()
    const { json } = await ask('chat', [block, mask], '13812345678 机密 13912345678')
    expect(id).not.toBe('chat')
    expect(json).toEqual({
      text: null,
      matches: [
        { rule: 1, action: 'mask', start: 0, end: 11 },
        { rule: 0, action: 'block', start: 12, end: 14 },
      ],
    })
  })

  test('complains about a rule at the rule, and refuses what is too long', async () => {
    const id = await start()
    const broken = await ask(id, [block, { ...mask, text: '(' }], 'x')
    expect(broken.status).toBe(422)
    expect(refusals(broken)).toEqual({ 'rules.1.text': 'rule_unusable' })
    expect((await ask(id, [], 'x'.repeat(20_001))).status).toBe(422)
  })

  test('is for readers too, of this workspace alone', async () => {
    const id = await start()
    expect((await ask(id, [block], 'x', await tokenOf('viewer'))).status).toBe(200)
    expect((await ask('mapi_elsewhere', [block], 'x')).status).toBe(404)
  })
})
