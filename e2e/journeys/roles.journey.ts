import { expect } from '@playwright/test'
import { createWorkspace, deployService } from '@/e2e/deploy-service.ts'
import { test } from './journey.ts'

test('a viewer joins by link, sees the service and never a secret', async ({
  browser,
  contextOptions,
  installation,
  api,
  models,
}) => {
  await createWorkspace(api, 'roles')
  const service = await deployService(api, 'roles', { name: 'guarded', url: models.url })
  const { items } = await api.post<{ items: { url: string }[] }>('/workspaces/roles/invitations', {
    emails: ['viewer@example.com'],
    role: 'viewer',
  })
  const context = await browser.newContext({ ...contextOptions, baseURL: installation.consoleUrl })
  const page = await context.newPage()
  const received: string[] = []
  page.on('response', async (response) => {
    // A redirect has no body to read.
    received.push(await response.text().catch(() => ''))
  })
  await page.goto(items[0]?.url ?? '')
  await page.getByLabel('Your name').fill('Vera')
  await page.getByLabel('Password', { exact: true }).fill('a viewer of few secrets')
  await page.getByRole('button', { name: 'Join workspace' }).click()
  await expect(page).toHaveURL(/\/w\/roles/)

  await page.goto(`/w/roles/inference-services/${service.id}`)
  await expect(page.getByRole('heading', { level: 1, name: 'guarded' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reveal Token' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  const reveal = await page.request.get(`/api/v1${service.path}/tokens?reveal=true`)
  expect(reveal.status()).toBe(403)
  for (const tab of ['tokens', 'configuration', 'instances']) {
    await page.goto(`/w/roles/inference-services/${service.id}/${tab}`)
    await expect(page.getByRole('heading', { level: 1, name: 'guarded' })).toBeVisible()
  }
  expect(received.length).toBeGreaterThan(10)
  expect(received.filter((text) => text.includes(service.token))).toEqual([])
  await context.close()
})

test('another workspace is not there for somebody who is no member of it', async ({
  browser,
  installation,
  api,
  models,
}) => {
  await createWorkspace(api, 'mine')
  await createWorkspace(api, 'theirs')
  const theirs = await deployService(api, 'theirs', { name: 'hidden_one', url: models.url })
  const { token } = await api.post<{ token: string }>('/workspaces/mine/tokens', {
    name: 'only mine',
    role: 'owner',
  })
  const context = await browser.newContext({
    baseURL: installation.consoleUrl,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  })
  const statusOf = async (path: string) => (await context.request.get(`/api/v1${path}`)).status()
  expect(await statusOf('/workspaces/mine')).toBe(200)
  expect(await statusOf('/workspaces/theirs')).toBe(404)
  expect(await statusOf(theirs.path)).toBe(404)
  expect(await statusOf(theirs.path.replace('/theirs/', '/mine/'))).toBe(404)
  await context.close()
})

test('a wrong password is refused without a hint at what was wrong', async ({
  browser,
  contextOptions,
  installation,
}) => {
  const context = await browser.newContext({ ...contextOptions, baseURL: installation.consoleUrl })
  const page = await context.newPage()
  for (const email of [installation.admin.email, 'nobody@example.com']) {
    await page.goto('/sign-in')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('wrong wrong wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Email or password is wrong.')).toBeVisible()
    await expect(page.getByLabel('Email')).toHaveValue(email)
  }
  await context.close()
})

test('a password that is sent before the page is ready stands in no address', async ({
  browser,
  contextOptions,
  installation,
}) => {
  const context = await browser.newContext({
    ...contextOptions,
    baseURL: installation.consoleUrl,
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(installation.admin.email)
  await page.getByLabel('Password', { exact: true }).fill('wrong wrong wrong')
  await page.getByLabel('Password', { exact: true }).press('Enter')
  await expect.poll(() => asked.some((request) => request.startsWith('POST '))).toBe(true)
  expect(asked.join('\n')).not.toContain('wrong')
  await context.close()
})
