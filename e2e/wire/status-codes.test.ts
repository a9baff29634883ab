import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callService, type ServiceAnswer } from '@/e2e/call-service.ts'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, type DeployedService, deployService, readService } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'

let installation: Installation
let models: ModelServer
let api: ConsoleApi
let service: DeployedService

beforeAll(async () => {
  models = await createModelServer({ paceMs: 1 })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'codes')
  service = await deployService(api, 'codes', { name: 'codes', url: models.url, requestTimeoutMs: 1000 })
  await untilStatus(service, 200)
})
afterAll(async () => {
  await installation?.stop()
  await models?.close()
})

function untilStatus({ name, token }: DeployedService, status: number) {
  return until(`${name} answers ${status}`, async () => {
    const answer = await callService(installation.internetUrl, name, token)
    return answer.status === status ? answer : null
  })
}

/** The error's message; proves the OpenAI shape, the request id and the error source on the way. */
function quote(answer: ServiceAnswer, source: 'client' | 'gateway' | 'upstream'): string {
  const { error } = JSON.parse(answer.text)
  expect(error).toMatchObject({ type: expect.any(String), code: expect.any(String) })
  expect(error.request_id).toBe(answer.headers['x-request-id'])
  expect(answer.headers['x-switchyard-error-source']).toBe(source)
  console.log(`${answer.status} ${answer.text}`)
  return error.message
}

describe('answers that the gateway makes', () => {
  test('401 without a token and with a wrong one', async () => {
    const none = await callService(installation.internetUrl, 'codes', null)
    expect(none.status).toBe(401)
    expect(quote(none, 'client')).not.toBe('')
    const wrong = await callService(installation.internetUrl, 'codes', 'ek_live_wrong')
    expect(wrong.status).toBe(401)
    expect(quote(wrong, 'client')).not.toContain('ek_live_wrong')
  })

  test('404 for a service that is not there', async () => {
    const answer = await callService(installation.internetUrl, 'not_there', service.token)
    expect(answer.status).toBe(404)
    quote(answer, 'client')
  })

  test('413 at once for a body that Content-Length calls too large', async () => {
    const body = Buffer.alloc(1_048_577, 'a')
    const answer = await callService(installation.internetUrl, 'codes', service.token, { body })
    expect(answer.status).toBe(413)
    expect(quote(answer, 'client')).toMatch(/1,?048,?576|1 MiB/)
  })

  test('504 when the model server says nothing within the request timeout', async () => {
    const headers = { 'x-fault': 'hang' }
    const answer = await callService(installation.internetUrl, 'codes', service.token, { headers })
    expect(answer.status).toBe(504)
    quote(answer, 'upstream')
  })

  test('503 with Retry-After when no instance is ready, and 200 again once one is', async () => {
    const checked = await deployService(api, 'codes', {
      name: 'checked',
      url: models.url,
      healthCheck: { path: '/health', intervalMs: 1000, timeoutMs: 500, unhealthyAfter: 1, healthyAfter: 1 },
    })
    await untilStatus(checked, 200)
    models.setHealthy(false)
    const answer = await untilStatus(checked, 503)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    quote(answer, 'gateway')
    models.setHealthy(true)
    await untilStatus(checked, 200)
  })

  test('503 for a stopped service, and 200 once it is started', async () => {
    const { version } = await readService(api, service)
    await api.post(`${service.path}/stop`, { version })
    quote(await untilStatus(service, 503), 'gateway')
    const stopped = await readService(api, service)
    await api.post(`${service.path}/start`, { version: stopped.version })
    await untilStatus(service, 200)
  })

  test('what the model server answers passes as it is', async () => {
    const headers = { 'x-fault': 'status=429,retry-after=7' }
    const answer = await callService(installation.internetUrl, 'codes', service.token, { headers })
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7'])
    expect(answer.headers['x-switchyard-error-source']).toBeUndefined()
  })
})
