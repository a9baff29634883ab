import { expect, type Page } from '@playwright/test'
import { request } from 'undici'
import type { ConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { openAiCompatibleFake } from '@/e2e/fakes/providers/openai-compatible.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { test } from './journey.ts'

test('moderation is written, tried before it is saved, and acts', async ({
  ownerPage: page,
  api,
  installation: { internetUrl },
}) => {
  const workspace = 'plugins-moderation'
  const { server, modelApi } = await publish(api, workspace)
  const ask = (content: string) => call(internetUrl, modelApi, content)
  await page.goto(`/w/${workspace}/model-apis/${modelApi.id}/plugins`)
  const part = section(page, 'Content moderation')
  await part.getByRole('switch', { name: 'Moderate texts' }).click()
  await part.getByRole('button', { name: 'Save' }).click()
  await expect(part.getByText('Give a word or a pattern')).toBeVisible()

  await part.getByRole('button', { name: 'Paste many' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Lines').fill('hush-hush\n\nsecret plan\nhush-hush')
  await dialog.getByRole('button', { name: 'Add 2 rules' }).click()
  await part.getByRole('button', { name: 'Add rule' }).click()
  await part.getByRole('combobox', { name: 'Kind of rule 3' }).click()
  await page.getByRole('option', { name: 'Pattern' }).click()
  await part.getByRole('combobox', { name: 'Action of rule 3' }).click()
  await page.getByRole('option', { name: 'Mask' }).click()
  await part.getByRole('textbox', { name: 'Text of rule 3' }).fill('1[3-9]\\d{9')
  await part.getByRole('button', { name: 'Save' }).click()
  await expect(part.getByRole('textbox', { name: 'Text of rule 3' })).toHaveAttribute('aria-invalid', 'true')
  await expect(part.getByText('Write a repetition as {3}')).toBeVisible()
  await part.getByRole('textbox', { name: 'Text of rule 3' }).fill('1[3-9]\\d{9}')

  await part.getByLabel('Try a text').fill('call 13812345678')
  await expect(part.getByText('Goes on with 1 part masked')).toBeVisible()
  await expect(part.getByText('call ***********')).toBeVisible()
  await part.getByLabel('Try a text').fill('the SECRET plan')
  await expect(part.getByText('Blocked by rule 2 (secret plan)')).toBeVisible()
  await expect.poll(async () => (await ask('the SECRET plan')).status).toBe(200)
  await part.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Content moderation saved')).toBeVisible()

  await expect.poll(async () => (await ask('the SECRET plan')).status).toBe(400)
  expect((await ask('call 13812345678')).status).toBe(200)
  expect(String(server.calls.at(-1)?.body)).toContain('call ***********')
  await server.close()
})

test('authorization and limits are set side by side, each saved by itself', async ({
  ownerPage: page,
  api,
  installation: { internetUrl },
}) => {
  const workspace = 'plugins-limits'
  const { server, modelApi } = await publish(api, workspace)
  const ask = async () => (await call(internetUrl, modelApi, 'Hello')).status
  await page.goto(`/w/${workspace}/model-apis/${modelApi.id}/plugins`)
  const limits = section(page, 'Rate limits')
  const authorization = section(page, 'Consumer authorization')
  await limits.getByRole('switch', { name: 'Limit rates' }).click()
  await limits.getByRole('button', { name: 'Add rule' }).click()
  await limits.getByRole('textbox', { name: 'At most' }).fill('2')
  await limits.getByRole('combobox', { name: 'In a' }).click()
  await page.getByRole('option', { name: 'day' }).click()

  await authorization.getByRole('switch', { name: 'Admit only consumers' }).click()
  await expect(authorization.getByText('every call is refused')).toBeVisible()
  await authorization.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Consumer authorization saved')).toBeVisible()
  await expect.poll(ask).toBe(401)
  await authorization.getByRole('switch', { name: 'Admit only consumers' }).click()
  await authorization.getByRole('button', { name: 'Save' }).click()
  await expect.poll(ask).toBe(200)

  // What was typed in the other form is still there.
  await expect(limits.getByRole('textbox', { name: 'At most' })).toHaveValue('2')
  await limits.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Rate limits saved')).toBeVisible()
  await expect.poll(ask).toBe(429)
  await server.close()
})

test('a change of the same plugin by someone else is shown before it is overwritten', async ({
  ownerPage: page,
  api,
}) => {
  const workspace = 'plugins-conflict'
  const { server, modelApi } = await publish(api, workspace)
  const path = `/workspaces/${workspace}/model-apis/${modelApi.id}`
  await page.goto(`/w/${workspace}/model-apis/${modelApi.id}/plugins`)
  const part = section(page, 'Content moderation')
  await part.getByRole('textbox', { name: /^Message to callers/ }).fill('Mine.')
  // Another plugin's change is none of this form's business. The page hears of changes once it listens.
  let { version } = modelApi
  const plugins = { authorization: { enabled: true } }
  const admits = section(page, 'Consumer authorization').getByRole('switch', { name: 'Admit only consumers' })
  await expect(async () => {
    version = (await api.patch<ModelApi>(path, { version, plugins })).version
    await expect(admits).toBeChecked({ timeout: 2_000 })
  }).toPass()
  await expect(part.getByText('meanwhile')).toHaveCount(0)
  await api.patch(path, { version, plugins: { moderation: { message: 'Theirs.' } } })
  await expect(part.getByRole('alert').filter({ hasText: 'meanwhile' })).toBeVisible()
  await part.getByRole('button', { name: 'See their change' }).click()
  await expect(part.getByRole('table')).toContainText('Theirs.')
  await part.getByRole('button', { name: 'Overwrite' }).click()
  await expect(page.getByText('Content moderation saved')).toBeVisible()
  const saved = await api.get<ModelApi>(path)
  expect(saved.plugins).toMatchObject({ moderation: { message: 'Mine.' }, authorization: { enabled: true } })
  await server.close()
})

function section(page: Page, title: string) {
  return page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title }) })
}

/** A Model API named after its workspace, over a provider that answers. */
async function publish(
  api: ConsoleApi,
  workspace: string,
): Promise<{ server: ProviderServer; modelApi: ModelApi }> {
  await createWorkspace(api, workspace)
  const server = await createProviderServer(openAiCompatibleFake)
  const { id: serviceId } = await api.post<{ id: string }>(`/workspaces/${workspace}/services`, {
    name: 'provider',
    gatewayId: 'gw_shared',
    source: 'ai',
    ai: {
      provider: 'openai-compatible',
      baseUrl: `${server.url}/v1`,
      apiKeys: [{ value: 'token-abc123' }],
      models: ['qwen3-8b'],
    },
  })
  const modelApi = await api.post<ModelApi>(`/workspaces/${workspace}/model-apis`, {
    gatewayId: 'gw_shared',
    name: workspace,
    basePath: `/${workspace}`,
    routing: { mode: 'single', target: { serviceId } },
  })
  return { server, modelApi }
}

async function call(gatewayUrl: string, { basePath }: ModelApi, content: string) {
  const { statusCode, body } = await request(`${gatewayUrl}${basePath}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'qwen3-8b', messages: [{ role: 'user', content }] }),
  })
  return { status: statusCode, text: await body.text() }
}
