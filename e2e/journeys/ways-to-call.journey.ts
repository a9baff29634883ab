import { expect } from '@playwright/test'
import { callService } from '@/e2e/call-service.ts'
import { createGateway, createNetwork, gatewayRuns } from '@/e2e/create-gateway.ts'
import { activeToken, createWorkspace, deployService } from '@/e2e/deploy-service.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { test } from './journey.ts'

test('a service gets a network, an NLB listener and Nacos in the form, and the panel shows them', async ({
  ownerPage: page,
  api,
  models,
}) => {
  await createWorkspace(api, 'ways')
  const { vpc } = await createNetwork(api, 'ways', {
    name: 'vpc-core',
    cidr: '127.0.0.0/16',
    vswitches: { 'local-a': '127.0.1.0/24' },
  })
  const rule = { direction: 'inbound', protocol: 'tcp', cidr: '127.0.0.0/8', action: 'allow' }
  await api.post('/workspaces/ways/security-groups', { name: 'callers', rules: [rule] })
  const service = await deployService(api, 'ways', { name: 'reachable', url: models.url })

  await page.goto(`/w/ways/inference-services/${service.id}/edit`)
  await page.getByRole('button', { name: /^VPC direct/ }).click()
  await page.getByRole('switch', { name: 'List the ready instances to callers in the VPC' }).click()
  await page.getByRole('button', { name: 'Review changes' }).click()
  await expect(
    page.getByText('VPC direct connection needs a VPC. Choose one, or switch it off.'),
  ).toBeVisible()
  await page.getByRole('combobox', { name: /^VPC/ }).click()
  await page.getByRole('option', { name: /vpc-core/ }).click()
  await page.getByRole('combobox', { name: /^Security group/ }).click()
  await page.getByRole('option', { name: /callers/ }).click()
  await page.getByRole('button', { name: /^NLB/ }).click()
  await page.getByRole('switch', { name: /Pass connections of TCP ports/ }).click()
  await page.getByRole('button', { name: /^Nacos/ }).click()
  await page.getByRole('switch', { name: 'Register ready instances in Nacos' }).click()
  await page.getByLabel('Servers').fill('http://127.0.0.1:9')
  await page.getByLabel(/^Password/).fill('nacos-secret')
  await page.getByRole('button', { name: 'Review changes' }).click()
  await expect(page.getByRole('row', { name: /^VPC direct/ })).toContainText('listed to the VPC')
  await expect(page.getByRole('row', { name: /^NLB/ })).toContainText('A free port on the VPC side')
  await expect(page.getByRole('row', { name: /^Nacos/ })).toContainText('new password')
  await expect(page.getByText('nacos-secret')).toHaveCount(0)
  await page.getByRole('button', { name: 'Update service' }).click()
  await expect(page).toHaveURL(new RegExp(`/${service.id}$`))

  const saved = await api.get<InferenceService>(service.path)
  expect(saved).toMatchObject({ vpcId: vpc.id, vpcDirect: true, nacos: [{ hasPassword: true }] })
  const port = String(saved.nlb[0]?.port)
  const way = (name: string) =>
    page.getByLabel('Access method', { exact: true }).getByText(name, { exact: true })
  await way('NLB').click()
  await page.getByLabel('Network', { exact: true }).getByText('VPC', { exact: true }).click()
  await expect(page.getByText(`localhost:${port}`, { exact: true })).toBeVisible()
  await way('VPC direct connection').click()
  await expect(page.getByText('Reachable only from vpc-core.')).toBeVisible()
  await expect(page.getByText(/servicediscovery\/upstreams\/reachable$/).first()).toBeVisible()
  await way('Nacos').click()
  await expect(page.getByText('DEFAULT_GROUP@@reachable', { exact: true })).toBeVisible()
  await way('Dedicated gateway').click()
  await expect(page.getByText(/^Not bound\./)).toBeVisible()
})

test('services move to a dedicated gateway in bulk, each with its own check', async ({
  ownerPage: page,
  api,
  models,
}) => {
  await createWorkspace(api, 'moves')
  await createGateway(api, 'moves', { type: 'managed', name: 'moves-edge', nodes: 1 })
  const service = await deployService(api, 'moves', { name: 'mover', url: models.url })
  await api.post('/workspaces/moves/inference-services', { name: 'no_replica', instances: [] })
  const gateway = await gatewayRuns(api, 'moves', 'moves-edge')
  await api.send('PUT', `/workspaces/moves/gateways/${gateway.id}/internet`, { enabled: true })
  await api.send('PUT', `/workspaces/moves/gateways/${gateway.id}/internet/whitelist`, [
    { cidr: '0.0.0.0/0' },
    { cidr: '::/0' },
  ])

  await page.goto('/w/moves/inference-services')
  for (const name of ['mover', 'no_replica'])
    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('checkbox')
      .click()
  await page.getByRole('button', { name: 'Move to a gateway' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('combobox').click()
  await page.getByRole('option', { name: /moves-edge/ }).click()
  const row = (name: string) => drawer.getByRole('row', { name: new RegExp(`^${name}`) })
  await expect(row('mover')).toContainText('Can move')
  await expect(row('no_replica')).toContainText('A dedicated gateway cannot scale from zero')
  await drawer.getByRole('button', { name: 'Review' }).click()
  await expect(row('no_replica')).toBeHidden()
  await drawer.getByRole('button', { name: 'Move 1 service' }).click()
  await expect(row('mover')).toContainText('Moved')
  await drawer.getByRole('button', { name: 'Close' }).last().click()

  await page.goto(`/w/moves/inference-services/${service.id}`)
  const endpoint = page.getByText(/\/api\/predict\/mover$/).first()
  await expect(endpoint).toBeVisible()
  const address = new URL((await endpoint.textContent()) ?? '')
  const token = await activeToken(api, service.path)
  await expect.poll(async () => (await callService(address.origin, 'mover', token)).status).toBe(200)
})
