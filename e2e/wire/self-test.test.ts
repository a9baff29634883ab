import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { SelfTestedPlugin, SelfTestResult } from '@/lib/domain/plugin-self-test.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

/** "Enforced" is said only of what was refused on the wire, and no service pays for it. */

const key = 'sk-key-of-the-self-test-000000001'
const base = '/workspaces/wire'
let installation: Installation
let server: ModelServer
let api: ConsoleApi

beforeAll(async () => {
  server = await createModelServer({ apiKey: key })
  installation = await startInstallation({ env: { SWITCHYARD_GATEWAY_NODES: '2' } })
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const ai = { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys: [key] }
  const service = await api.post<UpstreamService>(`${base}/services`, {
    ...{ name: 'model', gatewayId: 'shared', source: 'ai', ai },
  })
  for (const [name, protocol] of [
    ['plain', 'openai'],
    ['claude', 'anthropic'],
  ]) {
    await api.post<ModelApi>(`${base}/model-apis`, {
      ...{ name, gatewayId: 'shared', protocol, basePath: `/${name}`, removeBasePath: true },
      routing: { mode: 'single', target: { serviceId: service.id, model: null } },
    })
  }
})
afterAll(async () => {
  await installation?.stop()
  await server?.close()
})

const selfTest = (name: string, plugin: SelfTestedPlugin, text: string | null = null) =>
  api.post<SelfTestResult>(`${base}/model-apis/${name}/plugins/self-test`, { plugin, text })

async function change(name: string, plugins: object): Promise<void> {
  const { version } = await api.get<ModelApi>(`${base}/model-apis/${name}`)
  await api.patch(`${base}/model-apis/${name}`, { version, plugins })
}

/** Nodes learn of a change one after the other. */
const enforced = (name: string, plugin: SelfTestedPlugin) =>
  until(`${plugin} of ${name} is enforced`, async () => {
    const result = await selfTest(name, plugin)
    return result.outcome === 'enforced' && result
  })

test('a plugin that is off has nothing to refuse', async () => {
  for (const plugin of ['authorization', 'moderation', 'rateLimits', 'quotas'] as const) {
    expect(await selfTest('plain', plugin)).toMatchObject({ outcome: 'nothing-to-refuse', checks: [] })
  }
})

test.each(['plain', 'claude'])('what is on is enforced, and seen: %s', async (name) => {
  const rule = { by: 'address', amount: 1_000_000, unit: 'requests', window: 'day' }
  await change(name, {
    authorization: { enabled: true },
    moderation: { enabled: true, rules: [{ kind: 'word', text: 'forbidden', action: 'block' }] },
    rateLimits: { enabled: true, rules: [rule, { ...rule, unit: 'tokens', window: 'minute' }] },
    quotas: { enabled: true, rules: [{ by: 'consumer', amount: 5, unit: 'tokens', period: 'total' }] },
  })
  const authorization = await enforced(name, 'authorization')
  expect(authorization.checks[0]?.seen).toMatchObject([{ status: 401, failure: null }])
  const moderation = await enforced(name, 'moderation')
  expect(moderation.checks[0]?.seen).toMatchObject([{ status: 200, code: null }, { status: 400 }])
  const limits = await enforced(name, 'rateLimits')
  expect(limits.checks.map(({ rule: place, seen }) => [place, seen.map(({ status }) => status)])).toEqual([
    [0, [200, 429]],
    [1, [200, 429]],
  ])
  await enforced(name, 'quotas')
  expect(await selfTest(name, 'moderation', 'a harmless text')).toMatchObject({ outcome: 'not-enforced' })
  expect(server.requests).toHaveLength(0)
})

test('a text is asked for where no rule blocks a plain word', async () => {
  await change('plain', {
    moderation: { enabled: true, rules: [{ kind: 'pattern', text: 'se{1,9}cret', action: 'block' }] },
  })
  await expect(selfTest('plain', 'moderation')).rejects.toThrow(/text/)
  await until('the pattern is enforced', async () => {
    const { outcome } = await selfTest('plain', 'moderation', 'a seeeecret')
    return outcome === 'enforced'
  })
})

test('an API that nobody can reach is not said to be enforced', async () => {
  await change('plain', { authorization: { enabled: true } })
  const { version } = await api.get<ModelApi>(`${base}/model-apis/plain`)
  await api.patch(`${base}/model-apis/plain`, { version, enabled: false })
  await until(
    'the API is off',
    async () => (await selfTest('plain', 'moderation', 'secret')).outcome !== 'enforced',
  )
})
