import { type ClientRequest, request, type ServerResponse } from 'node:http'
import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  completion,
  type ProviderScript,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { ModerationEndpointSnapshot, ModerationSnapshot } from '@/lib/snapshot/moderation-snapshot.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const endpoint: ModerationEndpointSnapshot = {
  serviceId: 'svc_judge',
  model: 'judge-1',
  categories: null,
  timeoutMs: 20_000,
  onFailure: 'block',
}
const moderation: ModerationSnapshot = { request: true, reply: true, rules: [], endpoint, message: null }
/** Of a machine that has much else to do. */
const soon = { timeout: 20_000 }

/** Refuses what holds `bad`. */
const judging: ProviderScript = ({ body }, response) => {
  const { input } = JSON.parse(body) as { input: string | string[] }
  const results = [input].flat().map((text) => {
    const isBad = text.includes('bad')
    return {
      flagged: isBad,
      categories: { violence: isBad },
      category_scores: { violence: isBad ? 0.9 : 0.1 },
    }
  })
  sendJson(response, { id: 'modr-1', model: 'judge-1', results })
}
const answering: ProviderScript = (_call, response) => sendJson(response, completion('Fine.'))

async function start(
  judge: ProviderScript,
  service: ProviderScript = answering,
  change: Partial<ModerationSnapshot> = {},
  api: Partial<ModelApiSnapshot> = {},
  limits: Partial<GatewayLimits> = {},
) {
  const [model, judgeServer] = await Promise.all([startProvider(service), startProvider(judge)])
  closers.push(model.close, judgeServer.close)
  const gateway = await startGateway(
    makeSnapshot({
      upstreamServices: [
        makeProviderService(`${model.url}/v1`),
        makeProviderService(
          `${judgeServer.url}/v1`,
          { keys: [{ id: 'key_judge', value: 'judge-key' }] },
          { id: 'svc_judge', name: 'judge' },
        ),
      ],
      modelApis: [makeModelApi({ moderation: { ...moderation, ...change }, ...api })],
      limits,
    }),
  )
  closers.push(gateway.close)
  const ask = (content: string, fields: object = {}) => {
    const body = { ...chatBody, messages: [{ role: 'user', content }], ...fields }
    return callJson(gateway.port, '/v1/chat/completions', body)
  }
  return { gateway, ask, model, judge: judgeServer }
}

const codeOf = ({ body }: { body: string }): string => JSON.parse(body).error.code
const inputsOf = ({ calls }: { calls: ReadonlyArray<{ body: string }> }): string[] =>
  calls.flatMap(({ body }) => JSON.parse(body).input)

describe('texts of requests', () => {
  test('are judged by the service, with its key and its model, before the request goes anywhere', async () => {
    const { ask, judge, model } = await start(judging, answering, { reply: false })
    expect((await ask('good')).status).toBe(200)
    expect(judge.calls).toHaveLength(1)
    expect(judge.calls[0]).toMatchObject({ method: 'POST', url: '/v1/moderations' })
    expect(judge.calls[0]?.headers.authorization).toBe('Bearer judge-key')
    expect(JSON.parse(judge.calls[0]?.body ?? '')).toEqual({ model: 'judge-1', input: 'good' })
    expect(model.calls).toHaveLength(1)
  })

  test('that are refused go nowhere, and the caller is told which categories', async () => {
    const { ask, model } = await start(judging)
    const refused = await ask('a bad text')
    expect([refused.status, codeOf(refused)]).toEqual([400, 'content_blocked'])
    expect(JSON.parse(refused.body).error.message).toBe(
      'The request holds what this API does not let through. (Its moderation names violence.)',
    )
    expect(model.calls).toEqual([])
  })

  test('are judged as the rules have left them, which decide first', async () => {
    const rule = { kind: 'word', isCaseSensitive: false, wholeWord: false } as const
    const rules = [
      { ...rule, text: 'bad', action: 'mask' as const },
      { ...rule, text: 'never', action: 'block' as const },
    ]
    const { ask, judge } = await start(judging, answering, { rules, reply: false })
    expect((await ask('a bad text')).status).toBe(200)
    expect(inputsOf(judge)).toEqual(['a *** text'])
    expect(codeOf(await ask('never'))).toBe('content_blocked')
    expect(judge.calls).toHaveLength(1)
  })

  test('of any length are judged in pieces that overlap', async () => {
    const { ask, judge } = await start(judging, answering, { reply: false })
    expect((await ask(`${'x'.repeat(9_998)}bad${'x'.repeat(400_000)}`)).status).toBe(400)
    expect((await ask('y'.repeat(400_000))).status).toBe(200)
    expect(inputsOf(judge).every((text) => text.length <= 10_000)).toBe(true)
    expect(judge.calls.length).toBeGreaterThan(3)
  })

  test('are judged by chosen categories and scores', async () => {
    const categories = [{ name: 'violence', threshold: 0.95 }]
    const { ask } = await start(judging, answering, { reply: false, endpoint: { ...endpoint, categories } })
    expect((await ask('a bad text')).status).toBe(200)
  })
})

const never: ProviderScript = () => {}
const html: ProviderScript = (_call, response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end('<html>No.</html>')
}
const endless: ProviderScript = (_call, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = () => {
    while (response.write(' '.repeat(65_536)));
    response.once('drain', more)
  }
  more()
}
const failing: ProviderScript = (_call, response) => sendJson(response, { error: { message: 'no' } }, 500)
const wrong: ProviderScript = (_call, response) => sendJson(response, { results: [] })
const leaving: ProviderScript = (_call, response) => response.destroy()

describe.each([
  ['never answers', never, 50],
  ['answers HTML', html, 20_000],
  ['answers without end', endless, 20_000],
  ['answers 500', failing, 20_000],
  ['answers in another form', wrong, 20_000],
  ['hangs up', leaving, 20_000],
])('a service that %s', (_what, script, timeoutMs) => {
  test('refuses requests, or lets them pass where that was chosen', async () => {
    const block = await start(script, answering, { endpoint: { ...endpoint, timeoutMs } })
    const refused = await block.ask('good')
    expect([refused.status, codeOf(refused)]).toEqual([503, 'moderation_unavailable'])
    expect(block.model.calls).toEqual([])
    const change = { endpoint: { ...endpoint, timeoutMs, onFailure: 'pass' as const } }
    const pass = await start(script, answering, change)
    expect((await pass.ask('good')).body).toContain('Fine.')
  })

  test('ends answers as a filter does, or lets them pass where that was chosen', async () => {
    const block = await start(script, answering, { request: false, endpoint: { ...endpoint, timeoutMs } })
    const [choice] = JSON.parse((await block.ask('good')).body).choices
    expect(choice).toMatchObject({ finish_reason: 'content_filter', message: { content: null } })
    const change = { request: false, endpoint: { ...endpoint, timeoutMs, onFailure: 'pass' as const } }
    const pass = await start(script, streaming(['Fine', ' enough.']), change)
    expect(await streamed(pass.gateway.url)).toEqual({ text: 'Fine enough.', stop: 'stop' })
  })
})

test('a caller that leaves while its text is judged takes the question with it', async () => {
  const { gateway, judge, model } = await start(never)
  const leftover = new Promise<void>((resolve) => {
    judge.script = (_call, response) => response.on('close', resolve)
  })
  const caller = openCall(gateway.port, { ...chatBody })
  await expect.poll(() => judge.calls.length, soon).toBe(1)
  caller.destroy()
  await leftover
  expect(model.calls).toEqual([])
})

test('a text of many questions takes no longer than a request may', async () => {
  const slowly: ProviderScript = (call, response) => {
    setTimeout(() => judging(call, response), 1_600)
  }
  const { ask, judge, model } = await start(slowly, answering, {}, {}, { requestMs: 3_000 })
  // Three questions of 20 pieces each.
  const answer = await ask('some words '.repeat(45_000))
  expect([answer.status, codeOf(answer)]).toEqual([503, 'moderation_unavailable'])
  expect(judge.calls.length).toBeLessThan(3)
  expect(model.calls).toHaveLength(0)
})

test('no more questions pile up at a service that hangs than one API may have under way', async () => {
  const { gateway, ask, judge } = await start(never, answering, {
    endpoint: { ...endpoint, onFailure: 'pass' },
  })
  const held: ServerResponse[] = []
  judge.script = (_call, response) => held.push(response)
  const callers = Array.from({ length: 256 }, () => openCall(gateway.port, chatBody))
  await expect.poll(() => held.length, soon).toBe(256)
  const more = await Promise.all(Array.from({ length: 20 }, () => ask('good')))
  expect(new Set(more.map(({ status }) => status))).toEqual(new Set([200]))
  expect(held).toHaveLength(256)
  for (const caller of callers) caller.destroy()
})

describe('answers', () => {
  const onReply = { request: false }

  test('in one piece are judged before anything of them goes out', async () => {
    const { ask } = await start(judging, answering, onReply)
    expect(JSON.parse((await ask('hello')).body).choices[0].message.content).toBe('Fine.')
    const bad = await start(judging, (_call, response) => sendJson(response, completion('so bad')), onReply)
    const told = JSON.parse((await bad.ask('hello')).body)
    expect(told.choices[0]).toMatchObject({ finish_reason: 'content_filter', message: { content: null } })
    expect(told.usage.completion_tokens).toBe(7)
  })

  test('that stream come whole, in windows that overlap', async () => {
    const words = Array.from({ length: 400 }, (_, index) => `word${index} 你好😀 `)
    const { gateway, judge } = await start(judging, streaming(words), onReply)
    expect(await streamed(gateway.url)).toEqual({ text: words.join(''), stop: 'stop' })
    const inputs = inputsOf(judge)
    expect(inputs.length).toBeGreaterThan(10)
    expect(inputs.every((text) => text.length <= 400)).toBe(true)
  })

  test('that stream end before what is refused', async () => {
    const words = [...Array.from({ length: 200 }, () => 'good '), 'b', 'ad ', 'never shown']
    const { gateway } = await start(judging, streaming(words), onReply)
    const { text, stop } = await streamed(gateway.url)
    expect(stop).toBe('content_filter')
    expect(text).toMatch(/^(?:good ){50,200}(?:g|go|goo|good)?$/)
  })

  test('that stream show nothing that was not judged, and what was judged as soon as it was', async () => {
    const held: Array<() => void> = []
    const slow: ProviderScript = (call, response) => held.push(() => judging(call, response))
    const { gateway } = await start(slow, streaming(['x'.repeat(500), 'y'.repeat(40)]), onReply)
    const seen = { text: '' }
    const whole = streamed(gateway.url, seen)
    await expect.poll(() => held.length, soon).toBe(1)
    expect(seen.text).toBe('')
    held.shift()?.()
    await expect.poll(() => seen.text.length, soon).toBe(350)
    await expect.poll(() => held.length, soon).toBe(1)
    expect(seen.text.length).toBe(350)
    held.shift()?.()
    expect(await whole).toEqual({ text: 'x'.repeat(500) + 'y'.repeat(40), stop: 'stop' })
  })

  test('of a service that pauses are judged as far as they have come', async () => {
    const paused: ProviderScript = (_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: 'x'.repeat(100) }))
    }
    const { gateway } = await start(judging, paused, onReply)
    const seen = { text: '' }
    const reading = streamed(gateway.url, seen).catch(() => null)
    await expect.poll(() => seen.text.length, soon).toBe(50)
    await gateway.close()
    await reading
  })

  test('are read no further than the service that judges keeps up', async () => {
    let sent = 0
    const flood: ProviderScript = (_call, response) => {
      beginStream(response)
      const more = () => {
        do sent += 1
        while (response.write(chunkOf({ content: 'x'.repeat(10_000) })))
        response.once('drain', more)
      }
      more()
    }
    const { gateway, judge } = await start(never, flood, onReply)
    const caller = openCall(gateway.port, { ...chatBody, stream: true })
    await expect.poll(() => judge.calls.length, soon).toBe(1)
    let before = -1
    const isStill = () => {
      const [last, now] = [before, sent]
      before = now
      return last === now
    }
    await expect.poll(isStill, { ...soon, interval: 200 }).toBe(true)
    expect(sent).toBeLessThan(3_000)
    caller.destroy()
  })

  test('whose caller leaves are judged no more, and the services are cancelled', async () => {
    const closed: string[] = []
    const stuck: ProviderScript = (_call, response) => response.on('close', () => closed.push('judge'))
    const open: ProviderScript = (_call, response) => {
      response.on('close', () => closed.push('model'))
      beginStream(response)
      response.write(chunkOf({ content: 'x'.repeat(500) }))
    }
    const { gateway, judge } = await start(stuck, open, onReply)
    const caller = openCall(gateway.port, { ...chatBody, stream: true })
    await expect.poll(() => judge.calls.length, soon).toBe(1)
    caller.destroy()
    await expect.poll(() => closed.toSorted(), soon).toEqual(['judge', 'model'])
  })

  test('that are whole at the service while their last window is judged are given up with their caller', async () => {
    const closed: string[] = []
    const stuck: ProviderScript = (_call, response) => response.on('close', () => closed.push('judge'))
    for (const [service, stream] of [
      [streaming(['Fine.']), true],
      [answering, false],
    ] as const) {
      const { gateway, judge } = await start(stuck, service, onReply)
      const caller = openCall(gateway.port, { ...chatBody, stream })
      await expect.poll(() => judge.calls.length, soon).toBe(1)
      caller.destroy()
      await expect.poll(() => closed.length, soon).toBe(1)
      await expect.poll(() => gateway.engine.observer.openRequests, soon).toBe(0)
      closed.length = 0
    }
  })
})

function streaming(words: readonly string[]): ProviderScript {
  return (_call, response) => {
    beginStream(response)
    for (const word of words) response.write(chunkOf({ content: word }))
    response.end(`${chunkOf({}, 'stop')}data: [DONE]\n\n`)
  }
}

/** As the official client reads it. */
async function streamed(url: string, seen = { text: '' }) {
  const client = new OpenAI({ apiKey: 'x', baseURL: `${url}/v1`, maxRetries: 0 })
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  let stop: string | null = null
  for await (const { choices } of await client.chat.completions.create({
    model: 'm',
    messages,
    stream: true,
  })) {
    seen.text += choices[0]?.delta.content ?? ''
    stop = choices[0]?.finish_reason ?? stop
  }
  return { text: seen.text, stop }
}

function openCall(port: number, body: object): ClientRequest {
  const call = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/chat/completions' })
  call.setHeader('content-type', 'application/json')
  call.on('error', () => {})
  call.on('response', (response) => {
    response.on('error', () => {})
    response.resume()
  })
  call.end(JSON.stringify(body))
  return call
}
