import { expect } from '@playwright/test'
import type { ConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { openAiCompatibleFake } from '@/e2e/fakes/providers/openai-compatible.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { DebugPanelPage } from '@/e2e/pages/debug-panel.ts'
import { runInBash } from '@/e2e/run-snippet.ts'
import type { CreateModelApiForm, ModelApi } from '@/lib/domain/model-api.ts'
import { test } from './journey.ts'

test('a question is answered as a stream after a fallback, and shown as it was sent and as it came', async ({
  ownerPage: page,
  api,
  models,
}) => {
  const workspace = 'debug-chat'
  await createWorkspace(api, workspace)
  const failing = await createProviderServer(openAiCompatibleFake)
  failing.fault = { status: 503 }
  const first = await addProvider(api, workspace, 'failing', failing)
  const second = await addServer(api, workspace, 'steady', models.url)
  const { id } = await addApi(api, workspace, 'debug-chat', {
    routing: { mode: 'model-name', rules: [{ pattern: 'qwen3-*', target: { serviceId: first } }] },
    fallback: { enabled: true, targets: [{ serviceId: second, model: 'steady-model' }] },
  })
  const panel = new DebugPanelPage(page, workspace)
  await panel.open(id)

  await expect(page.getByRole('textbox', { name: 'max_tokens' })).toHaveValue('1024')
  await expect(page.getByRole('textbox', { name: 'top_p' })).toHaveValue('0.95')
  await expect(page.getByRole('textbox', { name: 'temperature' })).toHaveValue('1')
  await expect(page.getByText('Rule 1 (qwen3-*) takes it: failing.')).toBeVisible()
  await page.getByRole('textbox', { name: 'System prompt' }).fill('x'.repeat(101))
  await expect(page.getByText('101 / 100')).toBeVisible()
  await panel.ask('hello')
  await expect(page.getByText('it has 1 too many.').first()).toBeVisible()
  await expect(panel.conversation).toHaveCount(0)
  await page.getByRole('textbox', { name: 'System prompt' }).fill('Be brief.')
  await page.getByRole('textbox', { name: 'temperature' }).fill('5')
  await page.getByRole('textbox', { name: 'temperature' }).blur()
  await expect(page.getByRole('textbox', { name: 'temperature' })).toHaveValue('2')
  await panel.press('Reset')
  await expect(page.getByRole('textbox', { name: 'temperature' })).toHaveValue('1')
  await panel.press('Undo')
  await expect(page.getByRole('textbox', { name: 'System prompt' })).toHaveValue('Be brief.')

  const question = `It's "quoted", 你好 😀\n$HOME \`x\``
  await panel.message.fill(question)
  const planned = await panel.curl()
  await panel.message.press('Enter')
  await expect(panel.state('Complete')).toBeVisible()
  await expect(panel.lastTurn).toContainText('我是示例模型 steady-model')
  await expect(panel.lastTurn).toContainText('via steady')

  await panel.press('2 attempts')
  const attempts = page.getByRole('dialog').getByRole('listitem')
  await expect(attempts.first()).toContainText(/failing.*503/)
  await expect(attempts.last()).toContainText(/steady.*200/)
  await panel.press('Show what was sent')
  const frames = page.getByRole('region', { name: 'Frames' })
  await frames.evaluate((list) => list.scrollTo(0, list.scrollHeight))
  await expect(frames.getByRole('listitem').last()).toContainText('[DONE]')
  await expect(frames.getByText('usage', { exact: true })).toBeVisible()
  await page.getByText('Request to the service').last().click()
  await expect(page.locator('pre').filter({ hasText: '"steady-model"' })).toBeVisible()

  await panel.view('cURL')
  await panel.press('As sent')
  expect(((await page.locator('pre').textContent()) ?? '').trim()).toBe(planned)
  const printed = await runInBash(planned.replace(/^curl/, 'curl -s'))
  expect(printed).toContain('"steady-model"')
  expect(printed).toContain('data: [DONE]')

  await page.getByRole('link', { name: 'Its record' }).click()
  await expect(page).toHaveURL(/requests\?peek=req_/)
  await expect(page.getByRole('dialog')).toContainText('steady')
  await expect(page.getByRole('dialog')).toContainText('the console itself, for the Debug panel')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('table').getByText('Debug', { exact: true })).toBeVisible()
  await panel.open(id)

  await page.reload()
  await panel.view('Model Returned')
  await expect(panel.lastTurn).toContainText('我是示例模型 steady-model')
  await failing.close()
})

test('an answer that is stopped or breaks off stays, with what went wrong; an input method keeps its Enter', async ({
  ownerPage: page,
  api,
  models,
}) => {
  const workspace = 'debug-broken'
  await createWorkspace(api, workspace)
  const serviceId = await addServer(api, workspace, 'slow', models.url)
  const { id } = await addApi(api, workspace, 'slow-chat', {
    routing: { mode: 'single', target: { serviceId } },
  })
  const panel = new DebugPanelPage(page, workspace)
  await panel.openOverList('slow-chat')
  expect(new URL(page.url()).searchParams.get('debug')).toBe(id)

  await panel.name('slow~gap=2000')
  await panel.message.fill('hello')
  await panel.message.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })
  await expect(panel.conversation).toHaveCount(0)
  await panel.message.press('Enter')
  await expect(panel.lastTurn).toContainText('This')
  await page.keyboard.press('Escape')
  await expect(panel.state('Stopped')).toBeVisible()
  await expect(panel.lastTurn).toContainText('Stopped. What had come stays.')
  await expect(page.getByRole('dialog')).toBeVisible()

  await panel.name('slow~cut=3')
  await panel.ask('hello again')
  await expect(panel.state('Failed')).toBeVisible()
  await expect(panel.lastTurn).toContainText('This is')
  await expect(panel.lastTurn).toContainText('The answer broke off.')
  await expect(panel.lastTurn.getByText(/^req_/)).toBeVisible()

  await panel.name('slow~status=429,retry-after=7')
  await panel.press('Regenerate')
  await expect(panel.lastTurn).toContainText('429')
  await expect(panel.lastTurn).toContainText('Retry after 7 s.')

  await panel.name('slow')
  await panel.lastTurn.getByRole('button', { name: 'Edit and resend' }).click()
  await expect(panel.message).toHaveValue('hello again')
  await panel.message.press('Enter')
  await expect(panel.state('Complete')).toBeVisible()
  await expect(panel.conversation.getByRole('article')).toHaveCount(2)
  await panel.press('Clear')
  await expect(panel.conversation).toHaveCount(0)
  await panel.press('Undo')
  await expect(panel.conversation.getByRole('article')).toHaveCount(2)
  await page.goBack()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('an API for images or for Anthropic is tried by a call of its own', async ({
  ownerPage: page,
  api,
  models,
}) => {
  const workspace = 'debug-call'
  await createWorkspace(api, workspace)
  const serviceId = await addServer(api, workspace, 'server', models.url)
  const routing = { mode: 'single', target: { serviceId } } as const
  const images = await addApi(api, workspace, 'images', { useCase: 'image', routing })
  const claude = await addApi(api, workspace, 'claude', { protocol: 'anthropic', routing })
  const panel = new DebugPanelPage(page, workspace)

  await panel.open(images.id)
  await expect(page.getByText('The chat is for text generation.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Body' }).fill('{')
  await expect(page.getByText('The body is not valid JSON.').first()).toBeVisible()
  await page
    .getByRole('textbox', { name: 'Body' })
    .fill('{"model":"m","prompt":"a red bicycle","size":"256x256"}')
  await panel.press('Send test call')
  await expect(page.getByRole('img', { name: 'Image 1 of the answer' })).toBeVisible()
  await panel.view('Raw output')
  await expect(page.getByText(/^200 · \d+ response headers$/)).toBeVisible()

  await panel.open(claude.id)
  await expect(page.getByText('The chat speaks /v1/chat/completions')).toBeVisible()
  const curl = await panel.curl()
  expect(curl).toContain('/claude/v1/messages')
  await panel.press('Send test call')
  await expect(page.getByText('"type": "message"')).toBeVisible()
  expect(await runInBash(curl.replace(/^curl/, 'curl -s'))).toContain('"type":"message"')
})

async function addProvider(api: ConsoleApi, workspace: string, name: string, server: ProviderServer) {
  const ai = { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, models: ['qwen3-8b'] }
  const { id } = await api.post<{ id: string }>(`/workspaces/${workspace}/services`, {
    name,
    gatewayId: 'gw_shared',
    source: 'ai',
    ai: { ...ai, apiKeys: [{ value: 'token-abc123' }] },
  })
  return id
}

async function addServer(api: ConsoleApi, workspace: string, name: string, url: string) {
  const { id } = await api.post<{ id: string }>(`/workspaces/${workspace}/services`, {
    name,
    gatewayId: 'gw_shared',
    source: 'fixed',
    fixed: { addresses: [{ address: new URL(url).host }] },
  })
  return id
}

function addApi(
  api: ConsoleApi,
  workspace: string,
  name: string,
  input: Partial<CreateModelApiForm>,
): Promise<ModelApi> {
  return api.post<ModelApi>(`/workspaces/${workspace}/model-apis`, {
    gatewayId: 'gw_shared',
    name,
    basePath: `/${workspace}/${name}`,
    removeBasePath: true,
    ...input,
  })
}
