import { expect } from '@playwright/test'
import { request } from 'undici'
import type { ConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { ConsumersPage } from '@/e2e/pages/consumers.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { test } from './journey.ts'

test('a consumer is made, calls with the key that is shown once, rotates it, loses its grant, and is deleted', async ({
  ownerPage: page,
  api,
  models,
  installation: { internetUrl },
}) => {
  const workspace = 'consumer-life'
  await createWorkspace(api, workspace)
  await publish(api, workspace, models.url)
  const status = (key: string) => statusOf(`${internetUrl}/${workspace}/v1/chat/completions`, key)
  const consumers = new ConsumersPage(page, workspace)
  await consumers.open()
  await page.getByRole('link', { name: 'Create consumer' }).click()
  await page.getByLabel('Name', { exact: true }).fill('team search')
  await consumers.grant(workspace)
  await consumers.press('Create consumer')
  await expect(page.getByText('Letters, digits, _ and -, 1 to 64 in all.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('team-search')
  await consumers.press('Create consumer')
  const first = await consumers.takeSecret()
  expect(first).toMatch(/^ck_live_\w{40}$/)
  await expect(page.getByRole('heading', { level: 1, name: 'team-search' })).toBeVisible()
  await expect(page.getByText('May call 1 Model API')).toBeVisible()
  await expect(page.getByText(first)).toHaveCount(0)
  await expect.poll(() => status(first)).toBe(200)
  expect(await status('ck_live_unknown')).toBe(401)

  await consumers.begins(first.slice(-4), 'Rotate')
  await consumers.dialog.getByRole('combobox', { name: 'The old one stays valid for' }).click()
  await page.getByRole('option', { name: 'Not at all' }).click()
  await expect(consumers.dialog.getByText('Calls with the old one are refused at once.')).toBeVisible()
  await consumers.dialog.getByRole('button', { name: 'Rotate' }).click()
  const second = await consumers.takeSecret()
  await expect.poll(() => status(second)).toBe(200)
  await expect.poll(() => status(first)).toBe(401)

  await page.getByRole('link', { name: 'Change Model APIs' }).click()
  await page.getByRole('button', { name: `Remove ${workspace}` }).click()
  await consumers.press('Save consumer')
  await expect(page.getByText('Granted no Model API')).toBeVisible()
  await expect.poll(() => status(second)).toBe(403)

  await consumers.open()
  await consumers.begins('team-search', 'Delete')
  await consumers.dialog.getByRole('textbox').fill('team-search')
  await consumers.dialog.getByRole('button', { name: 'Delete consumer' }).click()
  await expect(page.getByRole('heading', { name: 'No consumers yet' })).toBeVisible()
  await expect.poll(() => status(second)).toBe(401)
})

test('credentials of every kind are added and removed, and complaints stand at their fields', async ({
  ownerPage: page,
  api,
}) => {
  const workspace = 'consumer-keys'
  await createWorkspace(api, workspace)
  const { id } = await api.post<Consumer>(`/workspaces/${workspace}/consumers`, { name: 'partner' })
  const consumers = new ConsumersPage(page, workspace)
  const add = async (kind: string) => {
    await consumers.press('Add credential')
    await consumers.dialog.getByRole('radio', { name: kind }).click()
  }
  const submit = () => consumers.dialog.getByRole('button', { name: 'Add credential' }).click()
  await consumers.open(id)
  await expect(page.getByText('nobody can call as this consumer')).toBeVisible()

  await add('JWT')
  await submit()
  await expect(consumers.dialog.getByText('Start with http:// or https://.')).toBeVisible()
  await consumers.dialog.getByRole('combobox', { name: 'Tokens are proved by' }).click()
  await page.getByRole('option', { name: 'A shared secret' }).click()
  await expect(consumers.dialog.getByText('HS256', { exact: true })).toBeVisible()
  await consumers.dialog.getByLabel('Secret', { exact: true }).fill('too-short')
  await consumers.dialog.getByLabel('Its value').fill('partner-7')
  await submit()
  await expect(consumers.dialog.getByText('A secret has at least 32 bytes.')).toBeVisible()
  await consumers.dialog.getByLabel('Secret', { exact: true }).fill('0123456789abcdef0123456789abcdef')
  await submit()
  await expect(consumers.row('sub = partner-7')).toContainText('HS256')
  await expect(consumers.dialog).toHaveCount(0)

  await add('HMAC signature')
  await consumers.dialog.getByLabel('Key ID').fill('partner-1')
  await submit()
  expect(await consumers.takeSecret()).toMatch(/^ck_live_\w{40}$/)
  await expect(consumers.row('partner-1')).toContainText('covers @method @path @query content-digest')

  await add('HMAC signature')
  await consumers.dialog.getByLabel('Key ID').fill('partner-1')
  await submit()
  await expect(consumers.dialog.getByLabel('Key ID')).toHaveAttribute('aria-invalid', 'true')
  await consumers.dialog.getByRole('button', { name: 'Cancel' }).click()

  await consumers.begins('sub = partner-7', 'Remove')
  await consumers.dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(consumers.row('sub = partner-7')).toHaveCount(0)
})

test('a change by someone else is shown before it is overwritten', async ({ ownerPage: page, api }) => {
  const workspace = 'consumer-conflict'
  await createWorkspace(api, workspace)
  const path = `/workspaces/${workspace}/consumers`
  const { id, version } = await api.post<Consumer>(path, { name: 'first' })
  await page.goto(`/w/${workspace}/consumers/${id}/edit`)
  await page.getByLabel('Name', { exact: true }).fill('mine')
  await api.patch(`${path}/${id}`, { version, name: 'theirs' })
  await page.getByRole('button', { name: 'Save consumer' }).click()
  const warning = page.getByRole('alert').filter({ hasText: 'meanwhile' })
  await expect(warning).toBeVisible()
  // To save is not to overwrite.
  await page.getByRole('button', { name: 'Save consumer' }).click()
  await expect(warning).toBeVisible()
  expect(await api.get<Consumer>(`${path}/${id}`)).toMatchObject({ name: 'theirs' })
  await warning.getByRole('button', { name: 'Overwrite' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'mine' })).toBeVisible()
})

/** A Model API named after its workspace, for consumers alone. */
async function publish(api: ConsoleApi, workspace: string, url: string): Promise<ModelApi> {
  const { id: serviceId } = await api.post<{ id: string }>(`/workspaces/${workspace}/services`, {
    name: 'local',
    gatewayId: 'gw_shared',
    source: 'fixed',
    fixed: { addresses: [{ address: new URL(url).host }] },
  })
  return await api.post<ModelApi>(`/workspaces/${workspace}/model-apis`, {
    gatewayId: 'gw_shared',
    name: workspace,
    basePath: `/${workspace}`,
    removeBasePath: true,
    routing: { mode: 'single', target: { serviceId } },
    plugins: { authorization: { enabled: true } },
  })
}

async function statusOf(url: string, key: string): Promise<number> {
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sample-chat', messages: [{ role: 'user', content: 'Hello' }] }),
  })
  await body.dump()
  return statusCode
}
