import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  chatBody,
  completion,
  type ProviderScript,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { ModerationRuleSnapshot } from '@/lib/snapshot/moderation-snapshot.ts'

const closers: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const word = (text: string, action: 'mask' | 'block' = 'mask'): ModerationRuleSnapshot => ({
  ...{ kind: 'word', text, action, isCaseSensitive: false, wholeWord: false },
})
const rules = [word('secret'), word('秘密'), word('🍎pie'), word('forbidden', 'block'), word('禁止', 'block')]
const answering: ProviderScript = (_call, response) => sendJson(response, completion('Fine.'))

async function start(api: Partial<ModelApiSnapshot> = {}, scripts: readonly ProviderScript[] = [answering]) {
  const providers = await Promise.all(scripts.map((script) => startProvider(script)))
  closers.push(...providers.map(({ close }) => close))
  const gateway = await startGateway(
    makeSnapshot({
      upstreamServices: providers.map(({ url }, index) =>
        makeProviderService(`${url}/v1`, {}, { id: `svc_${index}`, name: `service-${index}` }),
      ),
      modelApis: [
        makeModelApi({
          routing: { mode: 'single', target: { serviceId: 'svc_0', model: null } },
          moderation: { request: true, reply: false, rules, endpoint: null, message: null },
          ...api,
        }),
      ],
    }),
  )
  closers.push(gateway.close)
  const sent = (provider = 0) => providers[provider]?.calls.map(({ body }) => JSON.parse(body)) ?? []
  const ask = (body: object, path = '/v1/chat/completions') => callJson(gateway.port, path, body)
  return { gateway, providers, sent, ask }
}

const user = (content: unknown) => ({ model: 'm', messages: [{ role: 'user', content }] })

describe('What a request says', () => {
  test('is masked in messages, parts and what tools answered, and nothing else is touched', async () => {
    const { ask, sent } = await start()
    const image = { type: 'image_url', image_url: { url: 'https://example.com/secret.png' } }
    const toolCall = {
      id: 'call_secret',
      type: 'function',
      function: { name: 'f', arguments: '{"a":"secret"}' },
    }
    const messages = (text: string) => [
      { role: 'system', content: `Say ${text} to nobody.` },
      { role: 'user', content: [{ type: 'text', text: `A ${text} of mine` }, image] },
      { role: 'assistant', content: null, tool_calls: [toolCall] },
      { role: 'tool', tool_call_id: 'call_secret', content: `The ${text}` },
    ]
    const rest = { model: 'secret-model', seed: 9007199254740993n.toString(), metadata: { note: 'secret' } }
    expect((await ask({ ...rest, messages: messages('SeCrEt') })).status).toBe(200)
    expect(sent()).toEqual([{ ...rest, messages: messages('******') }])
  })

  test.each([
    ['secret', '******'],
    ['秘密', '**'],
    ['🍎pie', '****'],
  ])('masks %j wherever a long text has it', async (text, mask) => {
    const { ask, sent } = await start()
    // Across every border of what is read in one turn.
    const long = (inside: string) =>
      Array.from(
        { length: 9 },
        (_, index) => `${'x'.repeat(4_090 - 4_089 * (index % 2) + index)}${inside}`,
      ).join('')
    await ask(user(long(text)))
    expect(sent()).toEqual([user(long(mask))])
  })

  test('is blocked in the protocol’s own words, with the rule’s number and not its text, and is sent nowhere', async () => {
    const { ask, providers } = await start({
      fallback: { upstreamErrorsOnly: false, targets: [{ serviceId: 'svc_0', model: null }] },
    })
    const answer = await ask(user('This is Forbidden.'))
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body).error).toMatchObject({
      ...{ code: 'content_blocked', type: 'invalid_request_error' },
      message: 'The request holds what this API does not let through. (Rule 4 of its moderation.)',
    })
    const long = await ask(user(`${'长'.repeat(50_000)}禁止`))
    expect(JSON.parse(long.body).error.message).toContain('Rule 5')
    const toolCall = { id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":"forbidden"}' } }
    const tools = { role: 'assistant', content: null, tool_calls: [toolCall] }
    expect((await ask({ model: 'm', messages: [tools] })).status).toBe(400)
    expect(providers[0]?.calls).toEqual([])
  })

  test('is told with the API’s own message, to callers of Anthropic’s protocol in theirs', async () => {
    const moderation = { request: true, reply: false, rules, endpoint: null, message: 'Ask the team.' }
    const { ask, sent, providers } = await start({ protocol: 'anthropic', moderation })
    const body = (text: string, input: object = { a: 'secret' }) => ({
      ...{ model: 'm', max_tokens: 5, system: [{ type: 'text', text: `${text} system` }] },
      messages: [
        { role: 'user', content: `${text} first` },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'f', input }] },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: `${text} inner` }] },
          ],
        },
      ],
    })
    expect((await ask(body('secret'), '/v1/messages')).status).toBe(200)
    const [asked] = sent()
    expect(JSON.stringify(asked)).not.toMatch(/secret (?:system|first|inner)/)
    expect(JSON.stringify(asked).match(/\*{6} (?:system|first|inner)/g)).toHaveLength(3)
    expect(JSON.parse(asked.messages[2].tool_calls[0].function.arguments)).toEqual({ a: 'secret' })
    for (const refused of [body('forbidden'), body('fine', { a: [{ b: 'forbidden' }] })]) {
      const answer = await ask(refused, '/v1/messages')
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({
        type: 'error',
        error: { type: 'invalid_request_error', message: 'Ask the team. (Rule 4 of its moderation.)' },
      })
    }
    expect(providers[0]?.calls).toHaveLength(1)
  })

  test('is masked in prompts and inputs, of which tokens are refused', async () => {
    const embedding = { object: 'list', data: [], model: 'm', usage: { prompt_tokens: 1, total_tokens: 1 } }
    const { ask, sent } = await start({}, [
      ({ url }, response) =>
        sendJson(response, url.endsWith('/embeddings') ? embedding : completion('Fine.')),
    ])
    await ask({ model: 'm', prompt: 'A secret' }, '/v1/completions')
    await ask({ model: 'm', prompt: ['One', 'secret'], suffix: '秘密' }, '/v1/completions')
    await ask({ model: 'm', input: ['secret', 'two'] }, '/v1/embeddings')
    expect(sent()).toEqual([
      { model: 'm', prompt: 'A ******' },
      { model: 'm', prompt: ['One', '******'], suffix: '**' },
      { model: 'm', input: ['******', 'two'] },
    ])
    for (const [body, path] of [
      [{ model: 'm', prompt: [1, 2] }, '/v1/completions'],
      [{ model: 'm', input: [[1, 2]] }, '/v1/embeddings'],
    ] as const) {
      const answer = await ask(body, path)
      expect(answer.status).toBe(400)
      expect(answer.body).toContain('not as tokens')
    }
  })

  test('stays masked for the services that are fallen back to', async () => {
    const failing: ProviderScript = (_call, response) =>
      sendJson(response, { error: { message: 'No.' } }, 500)
    const { ask, sent } = await start(
      { fallback: { upstreamErrorsOnly: false, targets: [{ serviceId: 'svc_1', model: 'other' }] } },
      [failing, answering],
    )
    expect((await ask(user('A secret'))).status).toBe(200)
    expect(sent(0)).toEqual([user('A ******')])
    expect(sent(1)).toEqual([{ ...user('A ******'), model: 'other' }])
  })

  test('reaches the service as it was looked at, where a field stands twice', async () => {
    const { gateway, providers } = await start()
    const messages = (text: string) => `"messages":[{"role":"user","content":"${text}"}]`
    const body = `{"model":"m","id":9007199254740993,${messages('forbidden')},${messages('fine')}}`
    const headers = { 'content-type': 'application/json' }
    expect((await call(gateway.port, '/v1/chat/completions', { headers, body })).status).toBe(200)
    expect(providers[0]?.calls[0]?.body).toBe(`{"model":"m","id":9007199254740993,${messages('fine')}}`)
  })

  test('passes byte for byte where the API looks at nothing', async () => {
    const { gateway, providers } = await start({ moderation: null })
    const body = JSON.stringify({ ...chatBody, note: 'forbidden secret' }, null, 3)
    const headers = { 'content-type': 'application/json' }
    await call(gateway.port, '/v1/chat/completions', { headers, body })
    expect(providers[0]?.calls[0]?.body).toBe(body)
  })

  test('is blocked as an error that the official clients know', async () => {
    const openai = await start()
    const client = new OpenAI({ apiKey: 'x', baseURL: `${openai.gateway.url}/v1`, maxRetries: 0 })
    const asked = client.chat.completions.create({
      model: 'm',
      messages: [{ role: 'user', content: '禁止' }],
    })
    await expect(asked).rejects.toMatchObject({ status: 400, code: 'content_blocked' })
    const anthropic = await start({ protocol: 'anthropic' })
    const messages = new Anthropic({ apiKey: 'x', baseURL: anthropic.gateway.url, maxRetries: 0 }).messages
    const refused = messages.create({
      model: 'm',
      max_tokens: 5,
      messages: [{ role: 'user', content: '禁止' }],
    })
    await expect(refused).rejects.toBeInstanceOf(Anthropic.BadRequestError)
  })
})
