import { afterEach, describe, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import {
  chatBody,
  completion,
  type ProviderScript,
  type StandOptions,
  sendJson,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const chat = '/v1/chat/completions'

async function start(script: ProviderScript, options: StandOptions = {}) {
  const provider = await startProvider(script)
  closers.push(provider.close)
  const gateway = await startModelGateway(`${provider.url}/v1`, options)
  closers.push(gateway.close)
  const ask = async (body: object = chatBody) => {
    const answer = await callJson(gateway.port, chat, body)
    return { ...answer, error: answer.body.startsWith('{') ? JSON.parse(answer.body).error : undefined }
  }
  const instance = () => gateway.engine.runtimes.current?.upstreamServices[0]?.plan().instances[0]?.state
  return { provider, gateway, ask, instance }
}

const html: ProviderScript = (_call, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end('<!doctype html><title>Welcome</title>')
}

describe('What is no answer is a 502 that says so', () => {
  test.each<[string, ProviderScript, string]>([
    ['a page', html, 'HTML page'],
    [
      'a page with an error status',
      (_call, response) => {
        response.writeHead(404, { 'content-type': 'text/plain' })
        response.end('<html><body>Not found</body></html>')
      },
      'HTML page (404)',
    ],
    [
      'a redirect',
      (_call, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      'redirect (302)',
    ],
    [
      'half a JSON',
      (_call, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify(completion('Hi.')).slice(0, 60))
      },
      'only half of it',
    ],
    [
      'something compressed',
      (_call, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        response.end('x')
      },
      'compressed',
    ],
    ['a broken connection', (_call, response) => void response.destroy(), 'closed the connection'],
  ])('%s', async (_name, script, words) => {
    const { ask } = await start(script)
    const { status, error, headers } = await ask()
    expect(status).toBe(502)
    expect(error.code).toBe('upstream_bad_answer')
    expect(error.message).toContain(words)
    expect(headers['x-switchyard-error-source']).toBe('upstream')
  })

  test('also where a stream was asked for', async () => {
    const { ask } = await start(html)
    const { status, error } = await ask({ ...chatBody, stream: true })
    expect(status).toBe(502)
    expect(error.message).toContain('HTML page')
  })
})

test("a provider's own error keeps its status and its words", async () => {
  const error = {
    message: 'No such model.',
    type: 'invalid_request_error',
    code: 'model_not_found',
    param: 'model',
  }
  const { ask } = await start((_call, response) => sendJson(response, { error }, 404))
  const answer = await ask()
  expect(answer.status).toBe(404)
  expect(answer.error).toEqual(error)
  expect(answer.headers['x-switchyard-error-source']).toBeUndefined()
})

test('what concerns the account of the service is kept from its callers', async () => {
  const { ask } = await start((_call, response) => {
    response.setHeader('set-cookie', '__cf_bm=secret')
    response.setHeader('openai-organization', 'acme-inc')
    response.setHeader('x-ratelimit-remaining-requests', '9')
    sendJson(response, completion('Hi.'))
  })
  const { headers } = await ask()
  expect(headers['x-ratelimit-remaining-requests']).toBe('9')
  expect(JSON.stringify(headers)).not.toMatch(/secret|acme/)
})

test('a provider that is away is a 503, is seen as failing, and is asked all the same', async () => {
  const { provider, ask, instance } = await start((_call, response) => sendJson(response, completion('Hi.')))
  expect((await ask()).status).toBe(200)
  expect(instance()?.health.state).toBe('ready')
  const { port } = new URL(provider.url)
  await new Promise<void>((resolve) => {
    provider.server.close(() => resolve())
    provider.server.closeAllConnections()
  })
  for (let time = 0; time < 4; time++) expect([502, 503]).toContain((await ask()).status)
  expect(instance()?.noted).toMatchObject({
    state: 'ejected',
    reason: expect.stringContaining('connection refused; serves all the same'),
  })
  await new Promise<void>((resolve) => provider.server.listen(Number(port), '127.0.0.1', resolve))
  expect((await ask()).status).toBe(200)
})

test('a provider that does not answer in time is a 504', async () => {
  let isCancelled = false
  const { ask } = await start(
    (_call, response) => {
      response.on('close', () => {
        isCancelled = true
      })
    },
    { service: { requestTimeoutMs: 50 } },
  )
  const { status, error } = await ask()
  expect([status, error.code]).toEqual([504, 'upstream_timed_out'])
  await expect.poll(() => isCancelled).toBe(true)
})

test('large answers pass without being held whole', async () => {
  const text = 'x'.repeat(6_000_000)
  const { ask } = await start((_call, response) => sendJson(response, completion(text)))
  const { status, body } = await ask()
  expect(status).toBe(200)
  expect(JSON.parse(body)).toEqual(completion(text))
})
