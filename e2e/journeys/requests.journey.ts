import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { openAiCompatibleFake } from '@/e2e/fakes/providers/openai-compatible.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { ModelApisPage } from '@/e2e/pages/model-apis.ts'
import { runInBash } from '@/e2e/run-snippet.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { test } from './journey.ts'

test('a request is found, told why it went where it went, and replayed against another routing', async ({
  ownerPage: page,
  api,
  installation,
}) => {
  const workspace = 'requests-life'
  await createWorkspace(api, workspace)
  const provider = await createProviderServer(openAiCompatibleFake)
  const service = (name: string) =>
    api.post<UpstreamService>(`/workspaces/${workspace}/services`, {
      ...{ name, gatewayId: 'shared', source: 'ai' },
      ai: settingsOf(provider),
    })
  const near = await service('near')
  await service('far')
  const made = await api.post<ModelApi>(`/workspaces/${workspace}/model-apis`, {
    ...{ name: 'asked', gatewayId: 'shared', basePath: '/asked', removeBasePath: true },
    routing: {
      mode: 'model-name',
      rules: [{ pattern: 'qwen3-*', target: { serviceId: near.id, model: null } }],
      default: null,
    },
    monitoring: { enabled: true, recordRequest: true, recordResponse: false },
  })
  await page.goto(`/w/${workspace}/model-apis/${made.id}`)
  await page.getByRole('link', { name: 'Requests', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'No requests yet' })).toBeVisible()

  const ask = async (requestId: string, model: string): Promise<number> => {
    const { status } = await fetch(`${installation.internetUrl}/asked/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Where do I go?' }] }),
    })
    return status
  }
  await expect.poll(() => ask('journey-good', 'qwen3-8b')).toBe(200)
  await expect.poll(() => ask('journey-good', 'qwen3-8b')).toBe(200)
  await expect.poll(() => ask('journey-unrouted', 'gpt-4')).toBe(404)

  const row = page.getByRole('row').filter({ hasText: 'gpt-4' }).first()
  await expect(row).toContainText('404', { timeout: 30_000 })
  await page.getByRole('searchbox', { name: 'Find a request ID' }).fill('journey-good')
  await expect(page.getByRole('row').filter({ hasText: 'gpt-4' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Details of request journey-good' }).first().click()
  const drawer = page.getByRole('dialog', { name: 'Request' })
  await expect(drawer).toContainText('Why: Rule 1 (qwen3-*)')
  const firstPeek = new URL(page.url()).searchParams.get('peek') ?? ''
  await expect(drawer).toContainText('near')
  await expect(drawer).toContainText('Where do I go?')
  await expect(drawer).toContainText('Not recorded.')
  await expect(drawer.getByRole('heading', { name: 'Response content' })).toBeVisible()
  await drawer.getByRole('button', { name: 'Copy as cURL' }).click()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toContain('/asked/v1/chat/completions')
  const curl = await copied()
  expect(await runInBash(curl.replace(/^curl/, 'curl -s'))).toContain('"choices"')
  await page.keyboard.press('j')
  await expect(page).not.toHaveURL(new RegExp(firstPeek))
  await expect(drawer).toContainText('Where do I go?')
  await page.keyboard.press('k')
  await expect(page).toHaveURL(new RegExp(firstPeek))
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await drawer.getByRole('button', { name: 'Open in Debug' }).click()
  await expect(page.getByRole('textbox', { name: 'Body' })).toHaveValue(/Where do I go\?/)
  await page.getByRole('button', { name: 'Send test call' }).click()
  const line = page.getByRole('region', { name: 'The latest call' })
  await line.getByRole('link', { name: 'Its record' }).click()
  await expect(drawer).toContainText('the console itself, for the Debug panel')
  await expect(drawer).toContainText('Where do I go?')
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/peek=/)

  const apis = new ModelApisPage(page, workspace)
  await page.getByRole('link', { name: 'Edit' }).click()
  await apis.chooseService(apis.part('Rules', 1), 'far')
  await apis.press('Review changes')
  const whatIf = page.getByRole('region', { name: 'What if: the last requests' })
  await expect(whatIf).toContainText('would go elsewhere')
  await expect(whatIf.getByRole('listitem').first()).toContainText('far')
  await expect(whatIf.getByRole('listitem').first()).toContainText('qwen3-8b')
  await provider.close()
})

function settingsOf({ url }: ProviderServer) {
  return { provider: 'openai-compatible', baseUrl: `${url}/v1`, apiKeys: [{ value: 'token-abc123' }] }
}
