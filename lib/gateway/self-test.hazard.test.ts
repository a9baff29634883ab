import { afterEach, expect, test } from 'vitest'
import {
  chatBody,
  completion,
  type ScriptedProvider,
  type StandOptions,
  sendJson,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import type { TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'
import { type SelfTestTicket, sealTicket, selfTestHeader } from '@/lib/snapshot/self-test-ticket.ts'

/** What the console tries plugins with, over real sockets: nobody else may, and no service gets any of it. */

let provider: ScriptedProvider
let gateway: TestGateway
afterEach(async () => {
  await gateway?.close()
  await provider?.close()
})

let asked = 0
async function start(api: StandOptions['api']): Promise<void> {
  asked = 0
  provider = await startProvider((_, response) => {
    asked += 1
    sendJson(response, completion('Hello'))
  })
  gateway = await startModelGateway(`${provider.url}/v1`, { api: { ...api } })
}

const rate: LimitRuleSnapshot = {
  ...{ kind: 'rate', by: 'address', header: null, match: null },
  ...{ amount: 3, unit: 'requests', span: 'day' },
}
const quota: LimitRuleSnapshot = {
  ...rate,
  kind: 'quota',
  by: 'api',
  unit: 'tokens',
  amount: 50,
  span: 'total',
}

async function call(headers: Record<string, string> = {}, content = 'hello') {
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ ...chatBody, messages: [{ role: 'user', content }] }),
  })
  const text = await answer.text()
  const code = answer.status === 200 ? null : JSON.parse(text).error.code
  return { status: answer.status, code, passed: answer.headers.get(selfTestHeader) }
}

function ticket(change: Partial<SelfTestTicket>, key = 'self-test-key') {
  const contents: SelfTestTicket = {
    ...{ modelApiId: 'mapi_chat', plugin: 'authorization', rule: null, spend: 0, nonce: 'n' },
    ...{ expiresAt: Date.now() + 30_000 },
    ...change,
  }
  return { [selfTestHeader]: sealTicket(key, contents) }
}

const passed = { status: 200, code: null, passed: 'passed' }

test('authorization refuses a self-test like anybody else, and lets those of other plugins pass', async () => {
  await start({ authorization: { consumerIds: [] } })
  expect(await call(ticket({}))).toEqual({ status: 401, code: 'credential_missing', passed: null })
  expect(await call(ticket({ plugin: 'moderation' }))).toEqual(passed)
  expect(asked).toBe(0)
})

test('a rule that counts admits what it grants and refuses one more, and counts nothing of it to callers', async () => {
  await start({ limits: [rate, quota] })
  for (const plugin of ['rateLimits', 'quotas'] as const) {
    const spend = plugin === 'quotas' ? 50 : 3
    expect(await call(ticket({ plugin, rule: 0, spend, nonce: plugin }))).toEqual(passed)
    const code = plugin === 'quotas' ? 'quota_exceeded' : 'rate_limited'
    const refused = { status: 429, code, passed: null }
    expect(await call(ticket({ plugin, rule: 0, spend: 1, nonce: plugin }))).toEqual(refused)
    expect(await call(ticket({ plugin, rule: 0, spend: 1, nonce: `${plugin} again` }))).toEqual(passed)
  }
  expect(asked).toBe(0)
  expect([await call(), await call(), await call()].map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await call()).status).toBe(429)
})

test('a rule that is gone is told as such', async () => {
  await start({ limits: [rate] })
  const refused = { status: 403, code: 'self_test_rejected', passed: null }
  expect(await call(ticket({ plugin: 'rateLimits', rule: 1, spend: 1 }))).toEqual(refused)
})

test('moderation refuses the text that it blocks, and passes another', async () => {
  const rules = [
    { kind: 'word', text: 'forbidden', action: 'block', isCaseSensitive: false, wholeWord: false } as const,
  ]
  await start({ moderation: { request: true, reply: false, rules, message: null, endpoint: null } })
  expect(await call(ticket({ plugin: 'moderation' }), '')).toEqual(passed)
  expect(await call(ticket({ plugin: 'moderation' }), 'forbidden')).toMatchObject({ code: 'content_blocked' })
  expect(await call(ticket({ plugin: 'rateLimits', rule: 0 }), 'forbidden')).toEqual(passed)
  expect(asked).toBe(0)
})

test('a ticket that the console did not make passes nothing by, nor does one that is too old or of another API', async () => {
  await start({ authorization: { consumerIds: [] } })
  const refused = { status: 403, code: 'self_test_rejected', passed: null }
  const moderation = { plugin: 'moderation' } as const
  expect(await call(ticket(moderation, 'another key'))).toEqual(refused)
  expect(await call(ticket({ ...moderation, expiresAt: Date.now() - 1 }))).toEqual(refused)
  expect(await call(ticket({ ...moderation, modelApiId: 'mapi_other' }))).toEqual(refused)
  expect(await call({ [selfTestHeader]: 'nonsense' })).toEqual(refused)
  expect(await call({ [selfTestHeader]: '' })).toEqual(refused)
})
