import { expect } from '@playwright/test'
import type { ConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { openAiCompatibleFake } from '@/e2e/fakes/providers/openai-compatible.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { ModelApisPage } from '@/e2e/pages/model-apis.ts'
import { runInBash } from '@/e2e/run-snippet.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { test } from './journey.ts'

test('an API is made by proportion, called, routed by model name instead, and deleted by its name', async ({
  ownerPage: page,
  api,
}) => {
  const workspace = 'mapi-life'
  await createWorkspace(api, workspace)
  const apis = new ModelApisPage(page, workspace)
  await apis.open()
  await expect(page.getByRole('link', { name: 'Create service' })).toBeVisible()
  const near = await createProviderServer(openAiCompatibleFake)
  const far = await createProviderServer(openAiCompatibleFake)
  await addService(api, workspace, 'near', near)
  await addService(api, workspace, 'far', far)

  await apis.begin()
  await page.getByLabel('API name').fill('life-prod')
  await page.getByLabel('Base path').fill('/team//x')
  await apis.chooseMode('By proportion')
  await apis.chooseService(apis.part('Shares', 1), 'near')
  await apis.press('Add service')
  await apis.chooseService(apis.part('Shares', 2), 'far')
  await apis.part('Shares', 1).getByRole('textbox', { name: 'Weight' }).fill('60')
  await expect(page.getByText('Sum 60 of 100 %')).toBeVisible()
  await apis.press('Review and create')
  await expect(page.getByText('Start with / and leave out // ? and #.')).toBeVisible()
  await expect(page.getByText('The weights sum to 60. They must sum to 100.')).toBeVisible()
  await page.getByLabel('Base path').fill('/mapi-life')
  await page.getByRole('switch', { name: 'Remove during backend forwarding' }).click()
  await expect(page.getByText('/mapi-life/v1/chat/completions', { exact: true }).first()).toBeVisible()
  await apis.press('Give 40 to far')
  await expect(page.getByText('Sum 100 of 100 %')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Split evenly' })).toHaveCount(0)
  await apis.press('Review and create')
  const settings = page.getByRole('table', { name: 'Settings' })
  await expect(settings.getByRole('row', { name: /^API name/ })).toContainText('life-prod')
  await expect(settings).toContainText('60 % → near')
  await expect(page.getByRole('list', { name: 'Before you create it' })).toContainText('may call it')
  await expect(page.getByText('/mapi-life', { exact: false }).first()).toBeVisible()
  await apis.press('Back to the form')
  await expect(page.getByLabel('API name')).toHaveValue('life-prod')
  await apis.press('Review and create')
  await apis.press('Create Model API')
  await expect(page.getByRole('heading', { level: 1, name: 'life-prod' })).toBeVisible()
  const prompt = page.getByRole('status').filter({ hasText: 'Model API created.' })
  await prompt.getByRole('link', { name: 'Send a test message' }).click()
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
  await page.goBack()
  await prompt.getByRole('button', { name: 'Not now' }).click()
  await expect(prompt).toHaveCount(0)

  const curl = ((await page.locator('pre').textContent()) ?? '').trim()
  expect(curl).toContain('/mapi-life/v1/chat/completions')
  await expect.poll(() => answers(curl)).toBe(true)
  await expect
    .poll(async () => {
      await answers(curl)
      return near.calls.length > 0 && far.calls.length > 0
    })
    .toBe(true)

  await page.getByRole('link', { name: 'Edit' }).click()
  await apis.chooseMode('By model name')
  await apis.part('Rules', 1).getByLabel('Model name').fill('*')
  await apis.chooseService(apis.part('Rules', 1), 'near')
  await apis.press('Add rule')
  await apis.part('Rules', 2).getByLabel('Model name').fill('qwen3-*')
  await apis.chooseService(apis.part('Rules', 2), 'far')
  await expect(page.getByText('Never reached: rule 1 (*) takes all of its models first.')).toBeVisible()
  await page.getByLabel('Try a model name').fill('qwen3-8b')
  await expect(page.getByText('Rule 1 (*) takes it: near, model qwen3-8b.')).toBeVisible()
  await apis.part('Rules', 2).getByLabel('Model name').press('Alt+ArrowUp')
  await expect(apis.part('Rules', 1).getByLabel('Model name')).toBeFocused()
  await expect(page.getByText('Rule 1 (qwen3-*) takes it: far, model qwen3-8b.')).toBeVisible()
  await expect(page.getByText('Never reached')).toHaveCount(0)
  await page.getByRole('switch', { name: 'Route every other model, too' }).click()
  await page.getByLabel('API name').fill('life-live')
  await apis.press('Review changes')
  const changes = page.getByRole('table', { name: 'Changes' })
  await expect(changes.getByRole('row')).toHaveCount(3)
  await expect(page.getByText('say life-live instead of life-prod')).toBeVisible()
  await expect(changes).toContainText('60 % → near')
  await expect(changes).toContainText('qwen3-* → far')
  await apis.press('Save Model API')
  await expect(page.getByRole('table', { name: 'Model service' })).toContainText('qwen3-*')
  await expect(page.getByRole('heading', { level: 1, name: 'life-live' })).toBeVisible()
  // Calls may go the old way until the gateway has the new one; then none does.
  await expect
    .poll(async () => {
      const before = [near.calls.length, far.calls.length]
      for (let call = 0; call < 6; call += 1) await answers(curl)
      return [near.calls.length - (before[0] ?? 0), far.calls.length - (before[1] ?? 0)]
    })
    .toEqual([0, 6])

  await apis.open()
  await expect(apis.row('life-live')).toContainText('By model name')
  await apis.begins('life-live', 'Delete')
  await apis.dialog.getByRole('textbox').fill('life-live')
  await apis.dialog.getByRole('button', { name: 'Delete Model API' }).click()
  await expect(page.getByRole('heading', { name: 'No Model APIs yet' })).toBeVisible()
  await expect.poll(() => answers(curl)).toBe(false)
  await near.close()
  await far.close()
})

test('a taken path lands on its field, and a change by someone else is shown before it is overwritten', async ({
  ownerPage: page,
  api,
  models,
}) => {
  const workspace = 'mapi-conflict'
  await createWorkspace(api, workspace)
  const { id: serviceId } = await api.post<{ id: string }>(`/workspaces/${workspace}/services`, {
    name: 'local',
    gatewayId: 'gw_shared',
    source: 'fixed',
    fixed: { addresses: [{ address: new URL(models.url).host }] },
  })
  const routing = { mode: 'single', target: { serviceId } }
  const first = { gatewayId: 'gw_shared', name: 'first-api', basePath: '/mapi-conflict', routing }
  const stored = await api.post<ModelApi>(`/workspaces/${workspace}/model-apis`, first)
  const apis = new ModelApisPage(page, workspace)

  await apis.begin()
  await page.getByLabel('API name').fill('second-api')
  await page.getByLabel('Base path').fill('/mapi-conflict')
  await page.getByRole('combobox', { name: 'Service', exact: true }).click()
  await page.getByRole('option', { name: /^local/ }).click()
  await apis.press('Review and create')
  await apis.press('Create Model API')
  await expect(page.getByText('Model API first-api answers at /mapi-conflict')).toBeVisible()
  await expect(page.getByLabel('Base path')).toBeFocused()

  await page.goto(`/w/${workspace}/model-apis/${stored.id}/edit`)
  await page.getByLabel('Base path').fill('/mapi-mine')
  const { version } = stored
  await api.patch(`/workspaces/${workspace}/model-apis/${stored.id}`, { version, firstPacketTimeoutMs: 700 })
  await apis.press('Review changes')
  await apis.press('Save Model API')
  await expect(page.getByRole('alert').filter({ hasText: 'meanwhile' })).toBeVisible()
  await apis.press('Save over it')
  await expect(page.getByRole('heading', { level: 1, name: 'first-api' })).toBeVisible()
  const saved = await api.get<ModelApi>(`/workspaces/${workspace}/model-apis/first-api`)
  expect(saved).toMatchObject({ basePath: '/mapi-mine', firstPacketTimeoutMs: 700 })
})

test('the wizard begins with the use case, and shows what is wrong where it is wrong', async ({
  ownerPage: page,
  api,
  installation,
}) => {
  const workspace = 'mapi-wizard'
  await createWorkspace(api, workspace)
  const near = await createProviderServer(openAiCompatibleFake)
  await addService(api, workspace, 'near', near)
  const { id: farId } = await addService(api, workspace, 'far', near)
  const apis = new ModelApisPage(page, workspace)
  await apis.open()
  const cards = page.getByRole('list', { name: 'Use case' })
  await expect(cards.getByRole('listitem')).toHaveCount(7)
  await page.keyboard.press('2')
  await expect(page).toHaveURL(/use=image/)
  await expect(page.getByRole('radio', { name: 'ComfyUI' })).toBeVisible()
  await page.getByRole('link', { name: 'Change use case' }).click()
  await expect(cards).toBeVisible()
  await page.keyboard.press('1')
  await expect(page).toHaveURL(/use=text/)
  await expect(page.getByRole('radio', { name: 'Anthropic' })).toBeVisible()

  const routing = { mode: 'single', target: { serviceId: farId } }
  const first = { gatewayId: 'gw_shared', name: 'wizard', basePath: '/mapi-wizard', routing }
  const owner = await api.post<ModelApi>(`/workspaces/${workspace}/model-apis`, first)
  await page.getByLabel('API name').fill('wizard')
  await apis.press('Use wizard-2')
  await expect(page.getByLabel('API name')).toHaveValue('wizard-2')
  await page.getByLabel('Base path').fill('/mapi-wizard')
  const note = page.getByRole('status').filter({ hasText: 'answers there already' })
  await expect(note.getByRole('link', { name: 'wizard' })).toHaveAttribute('href', new RegExp(owner.id))
  await page.getByLabel('Base path').fill('//x?')
  await expect(note).toHaveCount(0)

  await apis.press('Add domain name')
  await apis.dialog.getByRole('textbox', { name: 'Domain name' }).fill('wizard.example.com')
  await apis.dialog.getByRole('radio', { name: 'HTTP', exact: true }).click()
  await apis.dialog.getByRole('button', { name: 'Create domain name' }).click()
  await expect(page.getByRole('checkbox', { name: 'wizard.example.com' })).toBeChecked()
  await expect(page.getByLabel('API name')).toHaveValue('wizard-2')
  await page.getByRole('checkbox', { name: 'wizard.example.com' }).click()

  await apis.chooseMode('By proportion')
  await apis.chooseService(apis.part('Shares', 1), 'near')
  await apis.part('Shares', 1).getByRole('textbox', { name: 'Weight' }).fill('90')
  await apis.press('Try it')
  await expect(page.getByText('Complete the routing above first.')).toBeVisible()
  await apis.press('Review and create')
  await expect(page.getByText('Start with / and leave out // ? and #.')).toBeVisible()
  await expect(page.getByText('The weights sum to 90. They must sum to 100.')).toBeVisible()

  const sharesProblem = page.getByRole('alert').getByRole('button', { name: 'Shares' })
  await expect(sharesProblem).toBeVisible()
  await apis.chooseMode('Smart routing')
  await expect(sharesProblem).toHaveCount(0)
  await apis.chooseService(apis.part('Services by intent', 1), 'near')
  await page.getByRole('combobox', { name: 'Service: Anything else' }).click()
  await page.getByRole('option', { name: /^far/ }).click()
  await page
    .getByRole('textbox', { name: 'Prompt' })
    .fill('Fix this Python function, it raises a TypeError: def add(a, b): return a')
  await apis.press('Try it')
  await expect(page.getByText(/^Intent: Code, \d+ % sure\.$/)).toBeVisible()

  await page.getByLabel('Base path').fill('/mapi-wizard-2')
  await page.getByRole('switch', { name: /\/v1\/embeddings$/ }).click()
  await expect(page.getByText('2 of 3 on')).toBeVisible()
  await api.delete(`/workspaces/${workspace}/model-apis/${owner.id}`)
  await api.delete(`/workspaces/${workspace}/services/${farId}`)
  await apis.press('Review and create')
  await apis.press('Create Model API')
  await expect(page.getByText('There is no such service in this workspace.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Service: Anything else' }).click()
  await page.getByRole('option', { name: /^near/ }).click()
  await apis.press('Review and create')
  await apis.press('Create Model API')
  await expect(page.getByRole('heading', { level: 1, name: 'wizard-2' })).toBeVisible()

  const chat = () => statusOf(`${installation.internetUrl}/mapi-wizard-2/v1/chat/completions`)
  await expect.poll(chat).toBe(200)
  expect(await statusOf(`${installation.internetUrl}/mapi-wizard-2/v1/embeddings`)).toBe(404)
  await apis.press('Disable')
  await expect.poll(chat).toBe(404)
  await expect(page.getByText('Disabled', { exact: true })).toBeVisible()
  await apis.press('Undo')
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()
  await expect.poll(chat).toBe(200)

  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('checkbox', { name: 'Record request content' }).click()
  await page.getByRole('switch', { name: 'Enabled' }).click()
  await apis.press('Review changes')
  await expect(page.getByRole('table', { name: 'Changes' }).getByRole('row')).toHaveCount(3)
  await expect(page.getByText('Every call is refused with 404')).toBeVisible()
  await apis.press('Save Model API')
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()
  await page.goto(`/w/${workspace}/model-apis?status=disabled`)
  await expect(apis.row('wizard-2')).toBeVisible()
  await page.goto(`/w/${workspace}/model-apis?status=serving`)
  await expect(apis.row('wizard-2')).toHaveCount(0)
  await near.close()
})

/** What an API answers to a chat. */
async function statusOf(url: string): Promise<number> {
  const body = { model: 'qwen3-8b', messages: [{ role: 'user', content: 'Hello' }] }
  const headers = { 'content-type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status
}

function addService(api: ConsoleApi, workspace: string, name: string, server: ProviderServer) {
  const apiKeys = [{ value: 'token-abc123' }]
  return api.post<{ id: string }>(`/workspaces/${workspace}/services`, {
    name,
    gatewayId: 'gw_shared',
    source: 'ai',
    ai: { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys, models: ['qwen3-8b'] },
  })
}

/** Runs what the page shows: whether a model answered. */
async function answers(curl: string): Promise<boolean> {
  return (await runInBash(curl.replace(/^curl/, 'curl -s'))).includes('"choices"')
}
