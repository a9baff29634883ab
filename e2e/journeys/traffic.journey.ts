import { expect } from '@playwright/test'
import { callService } from '@/e2e/call-service.ts'
import { createWorkspace, deployService, readService } from '@/e2e/deploy-service.ts'
import { test } from './journey.ts'

test('a rate limit set in the form refuses calls on the wire', async ({
  ownerPage: page,
  installation,
  api,
  models,
}) => {
  await createWorkspace(api, 'limits')
  const service = await deployService(api, 'limits', { name: 'limited', url: models.url })
  const refusals = () => burst(installation.internetUrl, 'limited', service.token)
  await expect.poll(async () => (await refusals()).answered).toBe(burstSize)

  await page.goto(`/w/limits/inference-services/${service.id}/edit`)
  await page.getByRole('button', { name: /^Rate limit/ }).click()
  await expect(page.getByText('The gateway gives each service 1,000 requests/s.')).toBeVisible()
  await page.getByRole('switch', { name: 'A limit of its own' }).click()
  await page.getByLabel('Requests per second').fill('2')
  await expect(page.getByRole('button', { name: /^Rate limit 2 requests\/s/ })).toBeVisible()
  await page.getByRole('button', { name: 'Review changes' }).click()
  const change = page.getByRole('row', { name: /^Rate limit/ })
  await expect(change).toContainText('1,000 requests/s, from the gateway')
  await expect(change).toContainText('2 requests/s')
  await page.getByRole('button', { name: 'Update service' }).click()
  await expect(page).toHaveURL(new RegExp(`/${service.id}$`))
  await expect(page.getByText('2 requests/s', { exact: true })).toBeVisible()

  await expect.poll(async () => (await refusals()).refused).toBeGreaterThan(0)
  await expect(page.getByText(/over a limit/)).toBeVisible()
})

test('one token is limited, the service is not', async ({ ownerPage: page, installation, api, models }) => {
  await createWorkspace(api, 'token-limits')
  const service = await deployService(api, 'token-limits', { name: 'metered', url: models.url })
  await page.goto(`/w/token-limits/inference-services/${service.id}/tokens`)
  await page.getByRole('button', { name: /^Change the limit of the token/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('switch', { name: 'Limit its requests' }).click()
  await dialog.getByLabel('Requests per second').fill('0')
  await dialog.getByRole('button', { name: 'Save limit' }).click()
  await expect(dialog.getByText('At least 1 a second.')).toBeVisible()
  await dialog.getByLabel('Requests per second').fill('1')
  await dialog.getByRole('button', { name: 'Save limit' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('1 request/s')).toBeVisible()
  await expect
    .poll(async () => (await burst(installation.internetUrl, 'metered', service.token)).refused)
    .toBeGreaterThan(0)
  expect((await readService(api, service)).requestsPerSecond).toBeNull()
})

test('an instance that fails in traffic is shown as ejected, and why', async ({
  ownerPage: page,
  installation,
  api,
  models,
}) => {
  await createWorkspace(api, 'history')
  const service = await deployService(api, 'history', {
    name: 'half_dead',
    url: models.url,
    passiveHealth: { failures: 1, window: 1, ejectMs: 600_000, ejectMsMax: 600_000 },
  })
  await page.goto(`/w/history/inference-services/${service.id}/instances`)
  await expect(page.getByText('No instance changed its state in the last week.')).toBeVisible()
  const { version, instances } = await readService(api, service)
  await api.patch(service.path, {
    version,
    instances: [
      ...instances.map(({ id, url, weight }) => ({ id, url, weight })),
      { url: 'http://127.0.0.1:9' },
    ],
  })
  const instance = page
    .getByRole('table', { name: 'Instances' })
    .getByRole('row')
    .filter({ hasText: 'http://127.0.0.1:9' })
  await expect(instance).toBeVisible()
  await expect
    .poll(async () => {
      // Nobody who calls feels it: the other instance answers.
      expect((await callService(installation.internetUrl, 'half_dead', service.token)).status).toBe(200)
      return (await readService(api, service)).instances.map(({ health }) => health.state)
    })
    .toContain('ejected')
  // The page hears of it by itself.
  await expect(instance).toContainText('Ejected')
  await expect(instance).toContainText(/until \d\d:\d\d:\d\d · \d+ min/)
  await expect(instance).toContainText('connection refused')
  const history = page.getByRole('table', { name: 'Health history' })
  await expect(history.getByRole('row').nth(1)).toContainText('Ejected')
})

const burstSize = 12

/** Many calls at once, and how they ended. */
async function burst(gatewayUrl: string, service: string, token: string) {
  const calls = Array.from({ length: burstSize }, () => callService(gatewayUrl, service, token))
  const answers = await Promise.all(calls)
  const refused = answers.filter(({ status }) => status === 429)
  for (const { headers } of refused) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  return { answered: answers.filter(({ status }) => status === 200).length, refused: refused.length }
}
