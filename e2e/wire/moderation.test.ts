import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

const key = 'sk-key-of-the-moderation-test-0001'
const base = '/workspaces/wire'
let installation: Installation
let server: ModelServer
let api: ConsoleApi

beforeAll(async () => {
  server = await createModelServer({ apiKey: key })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
})
afterAll(async () => {
  await installation?.stop()
  await server?.close()
})

async function chat(content: string, stream = false) {
  const { statusCode, body } = await request(`${installation.internetUrl}/moderated/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'sample-model', stream, messages: [{ role: 'user', content }] }),
    headersTimeout: 30_000,
  })
  return { status: statusCode, text: await body.text() }
}

const lastSent = () => server.requests.at(-1)?.body.toString() ?? ''

async function change(plugins: object): Promise<void> {
  const { version } = await api.get<ModelApi>(`${base}/model-apis/moderated`)
  await api.patch(`${base}/model-apis/moderated`, { version, plugins })
}

test('rules act on requests and on replies once they are on, and no longer once they are off', async () => {
  const ai = { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys: [key] }
  const service = await api.post<UpstreamService>(`${base}/services`, {
    ...{ name: 'model', gatewayId: 'shared', source: 'ai', ai },
  })
  await api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name: 'moderated', gatewayId: 'shared', basePath: '/moderated', removeBasePath: true },
    routing: { mode: 'single', target: { serviceId: service.id, model: null } },
  })
  const before = await until('the API answers', async () => {
    const answer = await chat('a secret word, forbidden')
    return answer.status === 200 && answer
  })
  expect(lastSent()).toContain('a secret word, forbidden')
  const said: string = JSON.parse(before.text).choices[0].message.content
  const spoken = /\p{L}{3,}/u.exec(said)?.[0] ?? ''
  expect(spoken).not.toBe('')

  const rule = { kind: 'word', isCaseSensitive: false, wholeWord: false }
  const rules = [
    { ...rule, text: 'secret', action: 'mask' },
    { ...rule, text: 'forbidden', action: 'block' },
    { ...rule, text: spoken, action: 'mask' },
  ]
  await change({ moderation: { enabled: true, request: true, reply: true, rules } })
  await until('what is forbidden is blocked', async () => (await chat('forbidden')).status === 400)
  expect(JSON.parse((await chat('forbidden')).text).error.code).toBe('content_blocked')
  const whole = await chat('a secret word')
  expect(lastSent()).toContain('a ****** word')
  expect(JSON.parse(whole.text).choices[0].message.content).not.toContain(spoken)
  expect(whole.text).toContain('***')
  const stream = await chat('a secret word', true)
  const text = stream.text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: {'))
    .map((frame) => JSON.parse(frame.slice('data: '.length)).choices[0]?.delta.content ?? '')
    .join('')
  expect(text).toContain('***')
  expect(text).not.toContain(spoken)
  expect(stream.text.trimEnd()).toMatch(/data: \[DONE\]$/)

  await change({ moderation: { enabled: false, rules } })
  await until('nothing is blocked', async () => (await chat('forbidden')).status === 200)
  await chat('a secret word')
  expect(lastSent()).toContain('a secret word')
})
