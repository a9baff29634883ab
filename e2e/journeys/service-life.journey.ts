import { expect } from '@playwright/test'
import { callService } from '@/e2e/call-service.ts'
import { createWorkspace, deployService } from '@/e2e/deploy-service.ts'
import { deployByForm } from '@/e2e/pages/deploy-form.ts'
import { InvocationPanel } from '@/e2e/pages/invocation-panel.ts'
import { test } from './journey.ts'

test('rotating keeps the old token for its grace', async ({ ownerPage: page, installation, api, models }) => {
  await createWorkspace(api, 'rotate')
  await deployByForm(page, { workspace: 'rotate', name: 'rotating', url: models.url, model: 'm' })
  const panel = new InvocationPanel(page)
  const old = await panel.copy('Token')
  await page.getByRole('button', { name: 'Rotate token' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Keep the current token valid for').click()
  await page.getByRole('option', { name: '15 minutes' }).click()
  await dialog.getByRole('button', { name: 'Rotate token' }).click()
  const fresh = await dialog.getByText(/^ek_live_[A-Za-z0-9]{40}$/).textContent()
  expect(fresh).not.toBe(old)
  await dialog.getByRole('button', { name: 'Done' }).click()
  const statusOf = async (token: string | null) =>
    (await callService(installation.internetUrl, 'rotating', token)).status
  await expect.poll(() => statusOf(fresh)).toBe(200)
  expect(await statusOf(old)).toBe(200)
})

test('stopping, starting and changing the instance act on the wire', async ({
  ownerPage: page,
  installation,
  api,
  models,
}) => {
  await createWorkspace(api, 'wire-acts')
  const service = await deployService(api, 'wire-acts', { name: 'acting', url: models.url })
  const status = async () => (await callService(installation.internetUrl, 'acting', service.token)).status
  await page.goto(`/w/wire-acts/inference-services/${service.id}`)
  await expect.poll(status).toBe(200)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect.poll(status).toBe(503)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect.poll(status).toBe(200)

  await page.goto(`/w/wire-acts/inference-services/${service.id}/edit`)
  await page.getByLabel('Base URL').fill('http://127.0.0.1:9')
  await page.getByRole('button', { name: 'Review changes' }).click()
  await expect(page.getByText('http://127.0.0.1:9').first()).toBeVisible()
  await page.getByRole('button', { name: 'Update service' }).click()
  await expect.poll(status).toBe(503)
})

test('a service is deleted by its name only', async ({ ownerPage: page, installation, api, models }) => {
  await createWorkspace(api, 'deleting')
  const service = await deployService(api, 'deleting', { name: 'doomed', url: models.url })
  await page.goto(`/w/deleting/inference-services/${service.id}`)
  await page.getByRole('button', { name: 'Actions for doomed' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('doome')
  await expect(dialog.getByRole('button', { name: 'Delete service' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await dialog.getByRole('textbox').fill('doomed')
  await dialog.getByRole('button', { name: 'Delete service' }).click()
  await expect(page).toHaveURL(/\/inference-services$/)
  await expect
    .poll(async () => (await callService(installation.internetUrl, 'doomed', service.token)).status)
    .toBe(404)
})

test('a revision is brought back and serves again', async ({
  ownerPage: page,
  installation,
  api,
  models,
}) => {
  await createWorkspace(api, 'revisions')
  const service = await deployService(api, 'revisions', { name: 'returning', url: models.url })
  const status = async () => (await callService(installation.internetUrl, 'returning', service.token)).status
  await expect.poll(status).toBe(200)
  const { items } = await api.get<{ items: { number: number }[] }>(
    '/workspaces/revisions/gateways/shared/revisions',
  )
  const good = items[0]?.number ?? 0
  const { version } = await api.get<{ version: number }>(service.path)
  await api.patch(service.path, { version, instances: [{ url: 'http://127.0.0.1:9', weight: 1 }] })
  await expect.poll(status).toBe(503)
  await page.goto('/w/revisions/gateways/gw_shared/revisions')
  await page.getByRole('button', { name: `Bring back revision ${good}`, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('http://127.0.0.1:9').first()).toBeVisible()
  await dialog.getByRole('button', { name: `Bring back revision ${good}` }).click()
  await expect.poll(status).toBe(200)
})
