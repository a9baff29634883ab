import { afterAll, beforeAll, expect, test } from 'vitest'
import { callService } from '@/e2e/call-service.ts'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import {
  activeToken,
  createWorkspace,
  type DeployedService,
  deployService,
  readService,
} from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'

let installation: Installation
let first: ModelServer
let second: ModelServer
let api: ConsoleApi
let service: DeployedService

beforeAll(async () => {
  first = await createModelServer()
  second = await createModelServer()
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'changes')
  service = await deployService(api, 'changes', { name: 'moving', url: first.url })
  await untilStatus(service.token, 200)
})
afterAll(async () => {
  await installation?.stop()
  await first?.close()
  await second?.close()
})

async function status(token: string): Promise<number> {
  return (await callService(installation.internetUrl, service.name, token)).status
}

function untilStatus(token: string, wanted: number) {
  return until(`${service.name} answers ${wanted}`, async () => (await status(token)) === wanted, {
    everyMs: 5,
  })
}

test('a saved change acts on the wire, and how soon is printed', async () => {
  const times: number[] = []
  for (const target of [second, first, second, first, second]) {
    const { version } = await readService(api, service)
    await api.patch(service.path, { version, instances: [{ url: target.url, weight: 1 }] })
    const saved = performance.now()
    const before = target.requests.length
    await until(
      'calls reach the new instance',
      async () => (await status(service.token)) === 200 && target.requests.length > before,
      { everyMs: 2 },
    )
    times.push(performance.now() - saved)
  }
  console.log(`From save to wire, ms: ${times.map((time) => time.toFixed(0)).join(', ')}`)
})

test('a rotated token: the old one works during its grace, and without grace ends', async () => {
  const old = service.token
  await api.post(`${service.path}/tokens`, { graceSeconds: 900 })
  const fresh = await activeToken(api, service.path)
  expect(fresh).not.toBe(old)
  await untilStatus(fresh, 200)
  expect(await status(old)).toBe(200)
  await api.post(`${service.path}/tokens`, { graceSeconds: 0 })
  await untilStatus(fresh, 401)
  expect(await status(await activeToken(api, service.path))).toBe(200)
  expect(await status(old)).toBe(200)
})

test('a stale version is refused with the object as it is', async () => {
  const { version } = await readService(api, service)
  await api.patch(service.path, { version, description: 'one' })
  const answer = await api.send<{ code: string; current: { version: number } }>('PATCH', service.path, {
    version,
    description: 'two',
  })
  expect([answer.status, answer.body.code]).toEqual([409, 'version_conflict'])
  expect(answer.body.current.version).toBeGreaterThan(version)
})

test('a revision that is brought back serves as it did', async () => {
  const gateway = '/workspaces/changes/gateways/shared'
  const token = await activeToken(api, service.path)
  const { items } = await api.get<{ items: { number: number }[] }>(`${gateway}/revisions`)
  const good = items[0]?.number ?? 0
  const { version } = await readService(api, service)
  await api.patch(service.path, { version, instances: [{ url: 'http://127.0.0.1:9', weight: 1 }] })
  await untilStatus(token, 503)
  const newest = await api.get<{ items: { number: number }[] }>(`${gateway}/revisions`)
  await api.post(`${gateway}/revisions/${good}/restore`, { basedOn: newest.items[0]?.number })
  await untilStatus(token, 200)
})

test('a deleted service is gone from the wire', async () => {
  const token = await activeToken(api, service.path)
  const refused = await api.send('DELETE', `${service.path}?confirm=something_else`)
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(await status(token)).toBe(200)
  await api.delete(`${service.path}?confirm=${service.name}`)
  await untilStatus(token, 404)
})
