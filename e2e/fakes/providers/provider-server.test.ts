import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAiCompatibleFake } from './openai-compatible.ts'
import type { ProviderFault } from './provider-faults.ts'
import { createProviderServer, type ProviderServer } from './provider-server.ts'

let server: ProviderServer
beforeEach(async () => {
  server = await createProviderServer(openAiCompatibleFake)
})
afterEach(() => server.close())

const chat = { model: 'qwen3-8b', messages: [{ role: 'user', content: 'Hello?' }] }

function ask(body: unknown, changes: { path?: string; key?: string; signal?: AbortSignal } = {}) {
  return fetch(server.url + (changes.path ?? '/v1/chat/completions'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${changes.key ?? 'token-abc123'}` },
    body: JSON.stringify(body),
    signal: changes.signal ?? null,
  })
}

describe('refuses with the error of the provider', () => {
  test.each([
    [{ ...chat, colour: 'blue' }, {}, 400, "Unknown parameter: 'colour'."],
    [{ ...chat, messages: [{ role: 'user', content: 'x', mood: 1 }] }, {}, 400, "'messages.0.mood'"],
    [{ model: 'qwen3-8b' }, {}, 400, 'messages'],
    [{ ...chat, stream_options: { include_usage: true } }, {}, 400, 'stream_options'],
    [{ ...chat, model: 'other' }, {}, 404, 'other'],
    [chat, { key: 'wrong' }, 401, 'API key'],
    [chat, { path: '/chat/completions' }, 404, 'Invalid URL'],
    [chat, { path: '/v1/models' }, 405, 'Not allowed'],
  ])('%j %j', async (body, changes, status, message) => {
    const response = await ask(body, changes)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining(message) } })
    expect(server.calls.at(-1)?.isAnswered).toBe(false)
  })
})

describe('with a fault', () => {
  const withFault = (fault: ProviderFault | null, stream: boolean) => {
    server.fault = fault
    return ask({ ...chat, stream })
  }

  test('answers a page, half a JSON, or half a stream', async () => {
    const page = await withFault('html', false)
    expect(page.headers.get('content-type')).toContain('text/html')
    const half = await (await withFault('half-json', false)).text()
    expect(() => JSON.parse(half)).toThrow()
    const whole = await (await withFault(null, true)).text()
    const part = await (await withFault('half-json', true)).text()
    expect(part.length).toBeLessThan(whole.length)
    expect(part.endsWith('\n\n')).toBe(false)
  })

  test('answers an error within a stream', async () => {
    const text = await (await withFault('error-in-200', true)).text()
    expect(text).toContain('"type":"server_error"')
    expect(text).not.toContain('[DONE]')
  })

  test('streams until the caller leaves', async () => {
    server.fault = 'endless'
    const controller = new AbortController()
    const response = await ask({ ...chat, stream: true }, { signal: controller.signal })
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      if (bytes > 100_000) break
    }
    controller.abort()
    expect(bytes).toBeGreaterThan(100_000)
  })

  test('resets the connection in the middle', async () => {
    const response = await withFault('cut', false)
    await expect(response.text()).rejects.toThrow()
  })

  test('says when to come again, for the calls that are meant', async () => {
    server.fault = ({ headers }) =>
      headers.authorization?.endsWith('abc123') === true ? { status: 429, retryAfterSeconds: 7 } : null
    server.keys = ['token-abc123', 'token-second']
    const limited = await ask(chat)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    expect((await ask(chat, { key: 'token-second' })).status).toBe(200)
  })

  test('holds the answer until it is let go', async () => {
    const answer = withFault('held', false)
    await expect.poll(() => server.calls.length).toBe(1)
    server.release()
    expect((await answer).status).toBe(200)
  })
})
