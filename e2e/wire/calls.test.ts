import { createHash, createHmac } from 'node:crypto'
import OpenAI from 'openai'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { callService, chatBody } from '@/e2e/call-service.ts'
import { createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, type DeployedService, deployService } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'

let installation: Installation
let models: ModelServer
let service: DeployedService

beforeAll(async () => {
  models = await createModelServer({ paceMs: 10 })
  installation = await startInstallation()
  const api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  service = await deployService(api, 'wire', { name: 'qwen_wire', url: models.url })
  await until('the service answers', async () => {
    const answer = await callService(installation.internetUrl, service.name, service.token)
    return answer.status === 200
  })
})
afterAll(async () => {
  await installation?.stop()
  await models?.close()
})

const sides = ['internet', 'vpc'] as const
const urlOf = (side: (typeof sides)[number]) =>
  side === 'internet' ? installation.internetUrl : installation.vpcUrl

describe.each(sides)('on the %s side', (side) => {
  test('a raw token and a Bearer token are both let in, and neither reaches the model server', async () => {
    for (const authorization of [service.token, `Bearer ${service.token}`]) {
      const answer = await callService(urlOf(side), service.name, authorization)
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text).choices[0].message.content).toContain('"Hello"')
      expect(models.requests.at(-1)?.headers.authorization).toBeUndefined()
    }
  })

  test('the OpenAI client streams, piece by piece', async () => {
    const openai = new OpenAI({
      baseURL: `${urlOf(side)}/api/predict/${service.name}/v1`,
      apiKey: service.token,
      maxRetries: 0,
    })
    const stream = await openai.chat.completions.create({
      model: 'sample-model',
      messages: [{ role: 'user', content: '你好' }],
      stream: true,
      stream_options: { include_usage: true },
    })
    const statesOfAnswer: unknown[] = []
    let text = ''
    let tokens = 0
    for await (const chunk of stream) {
      statesOfAnswer.push(models.requests.at(-1)?.state)
      text += chunk.choices[0]?.delta.content ?? ''
      tokens = chunk.usage?.completion_tokens ?? tokens
    }
    expect(text).toContain('“你好”')
    expect(tokens).toBeGreaterThan(10)
    // Buffered, the first would arrive after the model server had sent the last.
    expect(statesOfAnswer[0]).toBe('open')
  })

  test('the host form and doubled slashes find the service too', async () => {
    const host = `${service.name.replaceAll('_', '-')}.localhost:${new URL(urlOf(side)).port}`
    const { statusCode, body } = await request(`${urlOf(side)}/v1/chat/completions`, {
      method: 'POST',
      headers: { host, authorization: service.token, 'content-type': 'application/json' },
      body: chatBody,
    })
    await body.dump()
    expect(statusCode).toBe(200)
    const doubled = await callService(urlOf(side), service.name, service.token, {
      path: '//v1/chat/completions',
    })
    expect(doubled.status).toBe(200)
  })
})

test('a call signed as the SDKs sign is let in, and a changed signature is not', async () => {
  const body = 'hello'
  const sign = (token: string) => {
    const md5 = createHash('md5').update(body).digest('hex')
    const date = new Date().toUTCString()
    const type = 'application/octet-stream'
    const canonical = ['POST', md5, type, date, `/api/predict/${service.name}`].join('\n')
    const signature = createHmac('sha1', token).update(canonical).digest('base64')
    const headers = { 'content-md5': md5, date, 'content-type': type }
    return callService(installation.internetUrl, service.name, `EAS ${signature}`, {
      path: '',
      headers,
      body,
    })
  }
  const answer = await sign(service.token)
  expect([answer.status, answer.text]).toEqual([200, 'hello'])
  expect((await sign(`${service.token}x`)).status).toBe(401)
})

test('a WebSocket passes, text and bytes, both ways', async () => {
  const url = `${installation.internetUrl.replace('http', 'ws')}/api/predict/${service.name}/ws`
  const socket = new WebSocket(url, { headers: { authorization: service.token } })
  const received: unknown[] = []
  socket.on('message', (data, isBinary) => received.push(isBinary ? data : String(data)))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.send('hello')
  socket.send(Buffer.of(1, 2, 3))
  await until('both came back', () => received.length === 2)
  expect(received).toEqual(['hello', Buffer.of(1, 2, 3)])
  socket.close()
})

test('a caller that leaves cancels the call at the model server', async () => {
  const leave = new AbortController()
  const call = fetch(`${installation.internetUrl}/api/predict/${service.name}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: service.token, 'x-fault': 'hang' },
    body: chatBody,
    signal: leave.signal,
  })
  const arrived = await until('the call arrived', () =>
    models.requests.find((one) => one.headers['x-fault'] === 'hang'),
  )
  leave.abort()
  await expect(call).rejects.toThrow()
  await until('the model server saw it end', () => arrived.state === 'aborted')
})
