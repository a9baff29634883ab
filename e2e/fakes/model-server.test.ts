import { connect } from 'node:net'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { createModelServer, type ModelServer } from './model-server.ts'

let server: ModelServer
let openai: OpenAI

beforeAll(async () => {
  server = await createModelServer({ paceMs: 0 })
  openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'unused', maxRetries: 0 })
})
afterAll(() => server.close())
beforeEach(() => server.setHealthy(true))

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

const user = (content: string) => [{ role: 'user' as const, content }]
const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}

describe('the OpenAI client', () => {
  test('gets a chat answer in the language of its question', async () => {
    const english = await openai.chat.completions.create({ model: 'm', messages: user('Hello there') })
    expect(english.choices[0]?.message.content).toContain('11 characters: "Hello there"')
    const chinese = await openai.chat.completions.create({ model: 'm', messages: user('你好') })
    expect(chinese.choices[0]?.message.content).toContain('2 个字：“你好”')
  })

  test('streams the same text in many chunks, with usage at the end', async () => {
    const whole = await openai.chat.completions.create({ model: 'm', messages: user('Hello') })
    const stream = await openai.chat.completions.create({
      model: 'm',
      messages: user('Hello'),
      stream: true,
      stream_options: { include_usage: true },
    })
    const chunks = await collect(stream)
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(
      whole.choices[0]?.message.content,
    )
    expect(chunks.length).toBeGreaterThan(10)
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage })
  })

  test('is told when max_tokens cut the answer', async () => {
    const answer = await openai.chat.completions.create({ model: 'm', messages: user('Hi'), max_tokens: 3 })
    expect(answer.choices[0]?.finish_reason).toBe('length')
    expect(answer.usage?.completion_tokens).toBe(3)
  })

  test('is asked to call a tool that it insists on, streamed or not', async () => {
    const request = {
      model: 'm',
      messages: user('Hangzhou'),
      tools: [weather],
      tool_choice: 'required' as const,
    }
    const answer = await openai.chat.completions.create(request)
    const call = answer.choices[0]?.message.tool_calls?.[0]
    expect(call).toMatchObject({ function: { name: 'get_weather', arguments: '{"city":"Hangzhou"}' } })
    const chunks = await collect(await openai.chat.completions.create({ ...request, stream: true }))
    const pieces = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
    expect(pieces.map((piece) => piece.function?.arguments ?? '').join('')).toBe('{"city":"Hangzhou"}')
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls')
  })

  test('gets completions, one for each prompt', async () => {
    const answer = await openai.completions.create({ model: 'm', prompt: ['one', 'two'] })
    expect(answer.choices.map((choice) => choice.text)).toEqual([
      expect.stringContaining('"one"'),
      expect.stringContaining('"two"'),
    ])
  })

  test('gets equal vectors for equal texts, whichever encoding carries them', async () => {
    const input = ['a cat', 'a cat', 'quantum']
    const base64 = await openai.embeddings.create({ model: 'm', input })
    const float = await openai.embeddings.create({ model: 'm', input, encoding_format: 'float' })
    const [first, second, third] = float.data.map((entry) => entry.embedding)
    expect(first).toHaveLength(256)
    expect(second).toEqual(first)
    expect(third).not.toEqual(first)
    expect(base64.data[0]?.embedding[5]).toBeCloseTo(first?.[5] ?? Number.NaN, 6)
  })

  test('gets a PNG, a WAV and the list of models', async () => {
    const image = await openai.images.generate({ model: 'm', prompt: 'a lighthouse' })
    const png = Buffer.from(image.data?.[0]?.b64_json ?? '', 'base64')
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    const speech = await openai.audio.speech.create({ model: 'm', voice: 'alloy', input: 'Hi' })
    const wav = Buffer.from(await speech.arrayBuffer())
    expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
    expect((await openai.models.list()).data.map((model) => model.id)).toEqual(['sample-model'])
  })
})

describe('other formats', () => {
  test('a message comes with named events in their order', async () => {
    const body = { model: 'm', max_tokens: 50, messages: user('Hello'), stream: true }
    const text = await (await post('/v1/messages', body)).text()
    const names = [...text.matchAll(/^event: (.+)$/gm)].map((match) => match[1])
    expect(names.slice(0, 4)).toEqual(['message_start', 'content_block_start', 'ping', 'content_block_delta'])
    expect(names.slice(-3)).toEqual(['content_block_stop', 'message_delta', 'message_stop'])
  })

  test('rerank puts the like document first', async () => {
    const body = { model: 'm', query: 'red fish', documents: ['blue sky', 'a red fish'], top_n: 1 }
    const answer = await (await post('/v1/rerank', body)).json()
    expect(answer.results).toMatchObject([{ index: 1, document: { text: 'a red fish' } }])
  })

  test('the generic processor gives the bytes back', async () => {
    const answer = await post('/', 'raw bytes', { 'content-type': 'application/octet-stream' })
    expect(await answer.text()).toBe('raw bytes')
  })

  test('the WebSocket echoes text and bytes', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`)
    const received: unknown[] = []
    socket.on('message', (data, isBinary) => received.push(isBinary ? data : String(data)))
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send('hello')
    socket.send(Buffer.of(1, 2))
    await vi.waitUntil(() => received.length === 2)
    expect(received).toEqual(['hello', Buffer.of(1, 2)])
    socket.close()
  })
})

describe('what it refuses', () => {
  test('an unknown path with 404, a wrong method with 405', async () => {
    expect((await post('/v1/nothing', {})).status).toBe(404)
    expect((await fetch(`${server.url}/v1/chat/completions`)).status).toBe(405)
  })

  test('a wrong body with 400 that names the field, in the shape of its format', async () => {
    const chat = await post('/v1/chat/completions', { model: 'm', messages: [] })
    expect(chat.status).toBe(400)
    expect(await chat.json()).toMatchObject({ error: { type: 'invalid_request_error', param: 'messages' } })
    const message = await post('/v1/messages', { model: 'm', messages: user('x') })
    expect(await message.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } })
    expect((await post('/v1/chat/completions', '{')).status).toBe(400)
  })

  test('a model or a key that it does not know', async () => {
    const strict = await createModelServer({ models: ['known'], apiKey: 'right' })
    const call = (model: string, key: string) =>
      fetch(`${strict.url}/v1/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ model, prompt: 'x' }),
      })
    expect((await call('known', 'wrong')).status).toBe(401)
    expect((await call('other', 'right')).status).toBe(404)
    expect((await call('known', 'right')).status).toBe(200)
    await strict.close()
  })
})

describe('faults', () => {
  const chat = (model: string, extra = {}) => ({ model, messages: user('Hello'), ...extra })

  test('a status with Retry-After, by header or by the name of the model', async () => {
    const answer = await post('/v1/chat/completions', chat('m~status=429,retry-after=2'))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2'])
    const byHeader = await post('/v1/chat/completions', chat('m'), { 'x-fault': 'status=503' })
    expect(byHeader.status).toBe(503)
  })

  test('a stream cut after three chunks breaks the connection', async () => {
    const answer = await post('/v1/chat/completions', chat('m~cut=3', { stream: true }))
    await expect(answer.text()).rejects.toThrow()
  })

  test('garbage is not JSON, a padded header has its size', async () => {
    const answer = await post('/v1/chat/completions', chat('m~garbage,header-bytes=5000'))
    expect(answer.headers.get('x-padding')).toHaveLength(5000)
    await expect(answer.json()).rejects.toThrow(SyntaxError)
  })

  test('a hanging request is recorded as aborted when the caller leaves', async () => {
    const leave = new AbortController()
    const call = fetch(`${server.url}/v1/models`, { headers: { 'x-fault': 'hang' }, signal: leave.signal })
    await vi.waitUntil(() => server.requests.at(-1)?.headers['x-fault'] === 'hang')
    leave.abort()
    await expect(call).rejects.toThrow()
    await vi.waitUntil(() => server.requests.at(-1)?.state === 'aborted')
  })

  test('an unknown fault is refused rather than ignored', async () => {
    expect((await post('/v1/chat/completions', chat('m~explode'))).status).toBe(400)
  })

  test('health and faults for all are set through the control', async () => {
    await post('/__control', { healthy: false, faults: 'status=500' })
    expect((await fetch(`${server.url}/health`)).status).toBe(503)
    expect((await post('/v1/completions', { model: 'm', prompt: 'x' })).status).toBe(500)
    await post('/__control', { healthy: true, faults: '' })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
  })
})

test('bytes that are no HTTP do not end it', async () => {
  const socket = connect(server.port, '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve).resume())
  socket.write('\u0016\u0003\u0001 this is not HTTP\r\n\r\n')
  await closed
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
})
