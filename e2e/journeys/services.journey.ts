import { expect } from '@playwright/test'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createKubernetesServer } from '@/e2e/fakes/kubernetes-server.ts'
import { openAiCompatibleFake } from '@/e2e/fakes/providers/openai-compatible.ts'
import { createProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { ServicesPage } from '@/e2e/pages/services.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { test } from './journey.ts'

const goodKey = 'token-abc123'
const newKey = 'token-new-5678'

test('an AI service is tried before it is saved, its key changed, and kept while an API routes to it', async ({
  ownerPage: page,
  api,
}) => {
  await createWorkspace(api, 'svc-ai')
  const provider = await createProviderServer(openAiCompatibleFake)
  const services = new ServicesPage(page, 'svc-ai')
  await services.open()
  await expect(page.getByRole('heading', { name: 'No services yet' })).toBeVisible()
  await page.getByRole('link', { name: /^AI provider/ }).click()
  await services.chooseProvider('compat', 'OpenAI compatible')
  await services.url.fill(`${provider.url}/v1/chat/completions`)
  await expect(page.getByText('Paste the base, not the path')).toBeVisible()
  await page.getByRole('button', { name: `Use ${provider.url}/v1`, exact: true }).click()
  await expect(services.url).toHaveValue(`${provider.url}/v1`)
  await services.key(1).fill(' token-wrong ')
  await page.getByLabel('Models', { exact: true }).fill('qwen3-8b')
  await page.keyboard.press('Enter')
  const result = await services.test()
  await expect(result).toContainText('Does not work · 401')
  await expect(result).toContainText('req_')
  await expect(result).toBeInViewport()

  await services.key(1).fill(` ${goodKey} `)
  await page.getByRole('button', { name: 'Fetch from provider' }).click()
  await expect(page.getByText('2 models found')).toBeVisible()
  await page.getByRole('button', { name: 'Add all' }).click()
  await expect(page.getByRole('button', { name: 'Remove bge-m3' })).toBeVisible()
  await page.getByRole('switch', { name: 'Streaming' }).click()
  await services.test()
  await expect(result).toContainText('Works · 200')
  await expect(result).toContainText('first token')
  await expect(result).toContainText('qwen3-8b')
  await services.submit()
  await expect(page.getByLabel('Service name')).toBeFocused()
  await page.getByLabel('Service name').fill('own-qwen')
  await services.submit()
  await expect(page.getByRole('heading', { level: 1, name: 'own-qwen' })).toBeVisible()
  await expect(services.row('••••c123')).toBeVisible()
  expect(await page.content()).not.toContain(goodKey)

  provider.keys = [newKey]
  await services.test()
  await expect(result).toContainText('Does not work · 401')
  await services.begins('••••c123', 'Replace key')
  await services.dialog.getByLabel('Key', { exact: true }).fill(newKey)
  await services.dialog.getByRole('button', { name: 'Replace key' }).click()
  await expect(services.row('••••5678')).toBeVisible()
  await services.test()
  await expect(result).toContainText('Works · 200')

  const service = await api.get<UpstreamService>('/workspaces/svc-ai/services/own-qwen')
  const routed = await api.post<ModelApi>('/workspaces/svc-ai/model-apis', {
    name: 'svc-ai-chat',
    gatewayId: 'gw_shared',
    basePath: '/svc-ai',
    routing: { mode: 'single', target: { serviceId: service.id } },
  })
  await services.open()
  await expect(services.row('own-qwen')).toContainText('svc-ai-chat')
  await services.begins('own-qwen', 'Delete')
  await expect(services.dialog.getByText('It is in use.')).toBeVisible()
  await expect(services.dialog.getByText('svc-ai-chat')).toBeVisible()
  await services.dialog.getByRole('button', { name: 'Keep service' }).click()
  await api.delete(`/workspaces/svc-ai/model-apis/${routed.id}`)
  await expect(services.row('own-qwen')).not.toContainText('svc-ai-chat')
  await services.begins('own-qwen', 'Delete')
  await services.dialog.getByRole('textbox').fill('own-qwen')
  await services.dialog.getByRole('button', { name: 'Delete service' }).click()
  await expect(page.getByRole('heading', { name: 'No services yet' })).toBeVisible()
  await provider.close()
})

test('providers fill their own address, follow a change of protocol, and leave alone what was typed', async ({
  ownerPage: page,
  api,
}) => {
  await createWorkspace(api, 'svc-form')
  const services = new ServicesPage(page, 'svc-form')
  await services.begin('ai')
  await services.chooseProvider('百炼', 'Alibaba Cloud Model Studio')
  await expect(services.url).toHaveValue('https://dashscope.aliyuncs.com/compatible-mode/v1')
  await page.getByRole('radio', { name: 'Native' }).click()
  await expect(services.url).toHaveValue('https://dashscope.aliyuncs.com')
  await expect(page.getByText('Was https://dashscope.aliyuncs.com/compatible-mode/v1')).toBeVisible()
  await services.chooseProvider('bedrock', 'Amazon Bedrock')
  await page.getByRole('combobox', { name: 'Endpoint mode' }).click()
  await page.getByRole('option', { name: 'Mantle' }).click()
  await expect(page.getByRole('radio', { name: 'OpenAI/v1' })).toBeDisabled()
  await expect(services.url).toHaveValue('https://bedrock-mantle.us-east-1.api.aws')

  await services.chooseProvider('kimi', 'Moonshot AI')
  await expect(services.url).toHaveValue('https://api.moonshot.cn/v1')
  await services.url.fill('https://relay.example/v1')
  await services.chooseProvider('openai', 'OpenAI')
  await expect(services.url).toHaveValue('https://relay.example/v1')
  await page.getByRole('button', { name: 'Restore https://api.openai.com/v1' }).click()
  await expect(services.url).toHaveValue('https://api.openai.com/v1')

  await services.key(1).fill('sk-ant-api03-0123456789')
  await expect(page.getByText('This looks like a key of Claude.')).toBeVisible()
  await expect(page.getByText('Needs at least two keys.')).toBeVisible()
  await page.getByRole('button', { name: 'Add key' }).click()
  await services.key(2).fill('sk-proj-0123456789')
  await page.getByRole('switch', { name: 'Key failover' }).click()
  await expect(page.getByLabel('Failures in a row before it is passed over')).toHaveValue('3')
})

test('addresses are read line by line, and an IP address among names is repaired in one press', async ({
  ownerPage: page,
  api,
  models,
}) => {
  await createWorkspace(api, 'svc-fixed')
  const services = new ServicesPage(page, 'svc-fixed')
  await services.begin('dns')
  const { host } = new URL(models.url)
  const written = page.getByRole('textbox', { name: 'Addresses' })
  await page.getByLabel('Service name').fill('pool')
  await written.fill(`${models.url}/v1, ${host.replace(/^[^:]+/, '127.0.0.1')}`)
  const table = page.getByRole('table', { name: 'Addresses as understood' })
  await expect(table).toContainText('Write host and port alone:')
  await table
    .getByRole('row')
    .filter({ hasText: 'Write host and port alone' })
    .getByRole('button', { name: 'Remove' })
    .click()
  await table.getByRole('button', { name: 'Use Fixed address' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create service from fixed addresses')
  await expect(page).toHaveURL(/source=fixed/)
  await table.getByRole('textbox', { name: /^Weight of/ }).fill('3')
  await services.submit()
  await expect(page.getByRole('heading', { level: 1, name: 'pool' })).toBeVisible()
  const stored = await api.get<UpstreamService>('/workspaces/svc-fixed/services/pool')
  expect(stored.source).toBe('fixed')
  expect(stored.config['addresses']).toEqual([
    { address: expect.stringMatching(/^127\.0\.0\.1:\d+$/), weight: 3 },
  ])
})

test('a cluster shows its namespaces before it is saved, and its services in the form', async ({
  ownerPage: page,
  api,
}) => {
  await createWorkspace(api, 'svc-k8s')
  const cluster = await createKubernetesServer({
    users: [{ name: 'reader', token: 'reader-token', may: '*' }],
  })
  for (const namespace of ['default', 'kube-system', 'models']) cluster.state.putNamespace(namespace)
  cluster.state.putService('models', 'chat', [{ name: 'http', port: 8000 }])
  cluster.state.putSlice(
    'models',
    'chat',
    'chat-1',
    [{ name: 'http', port: 8000 }],
    [{ address: '10.1.0.1' }],
  )
  const services = new ServicesPage(page, 'svc-k8s')
  await services.open('/sources')
  await page.getByRole('button', { name: 'Create source' }).first().click()
  const drawer = services.dialog
  await expect(drawer.getByText('0 of 3 clusters').first()).toBeVisible()
  await drawer.getByRole('radio', { name: 'Address and token' }).click()
  await drawer.getByLabel('API server').fill(cluster.url)
  await drawer.getByLabel('Token', { exact: true }).fill('wrong-token')
  await drawer.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(drawer.getByText('The API server does not accept the credential (401).')).toBeVisible()
  await drawer.getByLabel('Token', { exact: true }).fill('reader-token')
  await drawer.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(drawer.getByText('Connected')).toBeVisible()
  await expect(drawer.getByRole('listitem').filter({ hasText: 'models' })).toBeVisible()
  await drawer.getByLabel('Name', { exact: true }).fill('prod')
  await drawer.getByRole('button', { name: 'Create source' }).click()
  await expect(services.row('prod')).toContainText(cluster.url)
  await expect(page.getByText('1 of 3 clusters')).toBeVisible()

  await services.begin('kubernetes')
  await page.getByRole('combobox', { name: 'Source' }).click()
  await page.getByRole('option', { name: /^prod/ }).click()
  await page.getByRole('combobox', { name: 'Namespace' }).click()
  await expect(page.getByRole('option', { name: 'kube-system' })).toHaveCount(0)
  await page.getByRole('option', { name: 'models' }).click()
  await page.getByRole('combobox', { name: 'Service', exact: true }).click()
  await page.getByRole('option', { name: /^chat/ }).click()
  await expect(page.getByLabel('Service name')).toHaveValue('chat-models')
  await services.submit()
  await expect(page.getByRole('heading', { level: 1, name: 'chat-models' })).toBeVisible()

  await services.open('/sources')
  await services.begins('prod', 'Delete')
  await expect(services.dialog.getByRole('link', { name: 'chat-models' })).toBeVisible()
  await services.dialog.getByRole('button', { name: 'Keep source' }).click()
  await cluster.close()
})
