import { expect } from '@playwright/test'
import { callService } from '@/e2e/call-service.ts'
import { createDomain, createNetwork, gatewayRuns } from '@/e2e/create-gateway.ts'
import { createWorkspace, deployService } from '@/e2e/deploy-service.ts'
import { GatewaysPage } from '@/e2e/pages/gateways.ts'
import { test } from './journey.ts'

test('a fully managed gateway lets in who is listed, and nobody once it is off', async ({
  ownerPage: page,
  api,
  models,
}) => {
  await createWorkspace(api, 'edge')
  const gateways = new GatewaysPage(page, 'edge')
  await gateways.open()
  await expect(page.getByRole('table', { name: 'Shared or dedicated' })).toBeVisible()
  await gateways.begin('Fully managed')
  await page.getByLabel('Gateway name').fill('edge-managed-01')
  await page.getByLabel('Nodes', { exact: true }).fill('1')
  await expect(page.getByText('One node has no substitute')).toBeVisible()
  await page.getByRole('button', { name: 'Create gateway' }).click()
  const id = await gateways.createdId('edge-managed-01')
  await expect(page.getByRole('heading', { name: 'Until the first call' })).toBeVisible()
  await gatewayRuns(api, 'edge', id)

  const service = await deployService(api, 'edge', { name: 'edge_chat', url: models.url, gatewayId: id })
  await gateways.openAccess(id, 'internet')
  await page.getByRole('switch', { name: 'Access portal' }).click()
  await expect(page.getByText('On, but no address is allowed:')).toBeVisible()
  const address = await gateways.endpoint()
  const call = async () => (await callService(address, 'edge_chat', service.token)).status
  await expect.poll(call).toBe(403)

  await gateways.addBlocks('127.0.0.1, ::1/128, 10.0.0.300/8')
  await expect(page.getByText('is one address')).toBeVisible()
  await page.getByRole('button', { name: 'Use 127.0.0.1/32' }).click()
  await page.getByRole('button', { name: 'Add 2 blocks' }).click()
  await expect(page.getByText('Repair or remove the marked entries first.')).toBeVisible()
  await page
    .getByRole('listitem')
    .filter({ hasText: '10.0.0.300/8' })
    .getByRole('button', { name: 'Remove' })
    .click()
  await page.getByRole('button', { name: 'Add 2 blocks' }).click()
  await expect(page.getByRole('row', { name: /^127\.0\.0\.1\/32/ })).toBeVisible()
  await expect.poll(call).toBe(200)
  await page.getByRole('button', { name: 'Edit note of 127.0.0.1/32' }).click()
  await gateways.dialog.getByRole('textbox', { name: 'Note of 127.0.0.1/32' }).fill('This machine')
  await gateways.dialog.getByRole('button', { name: 'Save note' }).click()
  await expect(page.getByRole('row', { name: /^127\.0\.0\.1\/32/ })).toContainText('This machine')

  await page.getByRole('button', { name: 'Check connectivity' }).click()
  await expect(page.getByText('Reached: the gateway answered')).toBeVisible()
  await createDomain(api, 'edge', { gatewayId: id, name: 'edge.example.test' })
  await page.reload()
  await page.getByRole('combobox', { name: 'Address to check' }).click()
  await page.getByRole('option', { name: 'edge.example.test' }).click()
  await page.getByRole('button', { name: 'Check connectivity' }).click()
  await expect(page.getByText('http://edge.example.test')).toBeVisible()
  await expect(page.getByText('Unreachable')).toBeVisible()

  await page.getByRole('switch', { name: 'Access portal' }).click()
  await expect(gateways.dialog).toContainText('1 service loses its public endpoint.')
  await gateways.dialog.getByRole('button', { name: 'Switch off' }).click()
  await expect(page.getByText('Deactivated')).toBeVisible()
  await expect.poll(() => call().catch(() => 'closed')).toBe('closed')
})

test('an ALB gateway starts with its first network and keeps both sides in one VPC', async ({
  ownerPage: page,
  api,
  models,
}) => {
  await createWorkspace(api, 'edge-alb')
  const { vpc } = await createNetwork(api, 'edge-alb', {
    name: 'vpc-core',
    cidr: '127.0.0.0/8',
    vswitches: { 'local-a': '127.0.0.0/16', 'local-b': '127.1.0.0/16' },
  })
  const gateways = new GatewaysPage(page, 'edge-alb')
  await gateways.open()
  await gateways.begin('Application Load Balancer')
  await gateways.dialog.getByLabel('Gateway name').fill('edge-alb-01')
  await gateways.dialog.getByRole('button', { name: 'Create gateway' }).click()
  const id = await gateways.createdId('edge-alb-01')
  await expect(page.getByText('Logical configuration only.').first()).toBeVisible()

  await gateways.openAccess(id, 'vpc')
  await page.getByRole('button', { name: 'Add VPC' }).click()
  await gateways.dialog.getByRole('combobox', { name: 'VPC' }).click()
  await page.getByRole('option', { name: /^vpc-core/ }).click()
  const zones = gateways.dialog.getByRole('checkbox', { name: /^local-/ })
  await expect(zones).toHaveCount(2)
  for (const zone of await zones.all()) await expect(zone).toBeChecked()
  await gateways.dialog.getByRole('button', { name: 'Add VPC' }).click()
  await expect(gateways.dialog.getByText('Confirm that nodes start.')).toBeVisible()
  await gateways.dialog.getByRole('checkbox', { name: /^Start 1 node/ }).click()
  await gateways.dialog.getByRole('button', { name: 'Add VPC' }).click()
  await expect(page.getByRole('row', { name: /vpc-core/ })).toContainText('Linked')

  const { vpc: side } = await gatewayRuns(api, 'edge-alb', id)
  const service = await deployService(api, 'edge-alb', {
    name: 'alb_chat',
    url: models.url,
    gatewayId: id,
    vpcId: vpc.id,
  })
  await expect
    .poll(async () => {
      // By IPv4, so that the caller is inside the VPC.
      const address = side.address?.replace('localhost', '127.0.0.1') ?? ''
      return (await callService(address, 'alb_chat', service.token)).status
    })
    .toBe(200)

  await gateways.openAccess(id, 'vpc')
  await page.getByRole('button', { name: 'Actions for vpc-core' }).click()
  await page.getByRole('menuitem', { name: 'Change vSwitches' }).click()
  await zones.nth(1).click()
  await expect(gateways.dialog.getByText('One zone: no failover.')).toBeVisible()
  await gateways.dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(gateways.dialog).toBeHidden()
  await expect(page.getByRole('row', { name: /vpc-core/ })).not.toContainText('local-b')

  await gateways.openAccess(id, 'internet')
  await page.getByRole('button', { name: 'Enable public network' }).click()
  await expect(gateways.dialog.getByText('VPC access already uses vpc-core.')).toBeVisible()
})
