import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callService, chatBody } from '@/e2e/call-service.ts'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, type DeployedService, deployService } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import { startRequests } from '@/lib/cli/testing/traffic.ts'

let installation: Installation
let models: ModelServer
let api: ConsoleApi
let service: DeployedService

beforeAll(async () => {
  models = await createModelServer()
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'outages')
  service = await deployService(api, 'outages', { name: 'steady', url: models.url })
  await until('the service answers', async () => (await status()) === 200)
})
afterAll(async () => {
  await installation?.stop()
  await models?.close()
})

async function status(): Promise<number> {
  return (await callService(installation.internetUrl, service.name, service.token)).status
}

test('calls are served while the console is dead, and the supervisor brings it back', async () => {
  const before = await installation.pids()
  const requests = startRequests(
    `${installation.internetUrl}/api/predict/${service.name}/v1/chat/completions`,
    {
      callers: 1,
      // Below the rate that a service is limited to by default, however fast the machine.
      pauseMs: 8,
      headers: { authorization: service.token, 'content-type': 'application/json' },
      body: chatBody,
    },
  )
  process.kill(before.console, 'SIGKILL')
  await until(
    'a new console is healthy',
    async () => {
      const now = await installation.pids()
      return now.console !== before.console && (await installation.isHealthy())
    },
    { withinMs: 60_000, everyMs: 50 },
  )
  const counts = await requests.stop()
  expect([...counts.keys()]).toEqual(['200'])
  expect((await installation.pids()).gateway).toBe(before.gateway)
})

test('a node that dies is restarted and serves the stored snapshot without a console', async () => {
  const before = await installation.pids()
  // Stopped, not killed: the supervisor would bring a dead console back, this one just says nothing.
  process.kill(before.console, 'SIGSTOP')
  try {
    process.kill(before.gateway, 'SIGKILL')
    await until('another node answers', async () => (await status()) === 200)
    expect((await installation.pids()).gateway).not.toBe(before.gateway)
  } finally {
    process.kill(before.console, 'SIGCONT')
  }
  await until('the installation is whole again', () => installation.isHealthy(), { withinMs: 60_000 })
})

test('a console killed amid writes leaves a consistent database that holds every confirmed write', async () => {
  const confirmed: string[] = []
  const writing = { now: true }
  const writer = async (lane: number) => {
    for (let at = 0; writing.now; at++) {
      const name = `lane_${lane}_${at}`
      const deployed = await deployService(api, 'outages', { name, url: `http://127.0.0.1:9` }).catch(
        () => null,
      )
      if (deployed === null) return
      confirmed.push(name)
    }
  }
  const lanes = [1, 2, 3].map(writer)
  await until('some writes are confirmed', () => confirmed.length >= 6)
  const before = await installation.pids()
  process.kill(before.console, 'SIGKILL')
  // A lane that was between two requests only waits at the port for the next console, and would go on.
  writing.now = false
  await Promise.all(lanes)
  await until(
    'a new console is healthy',
    async () => (await installation.pids()).console !== before.console && (await installation.isHealthy()),
    { withinMs: 60_000 },
  )
  const { items } = await api.get<{ items: { name: string }[] }>(
    '/workspaces/outages/inference-services?limit=200',
  )
  const names = items.map((item) => item.name)
  expect(confirmed.filter((name) => !names.includes(name))).toEqual([])
  expect(await integrity(installation.dataDir)).toEqual(['ok'])
  expect(await status()).toBe(200)
})

async function integrity(dataDir: string): Promise<unknown[]> {
  const file = readdirSync(dataDir).find((name) => name.endsWith('.db') || name.endsWith('.sqlite'))
  if (file === undefined) throw new Error(`No database in ${dataDir}.`)
  const client = createClient({ url: `file:${join(dataDir, file)}` })
  const { rows } = await client.execute('PRAGMA integrity_check')
  client.close()
  return rows.map((row) => row[0])
}
