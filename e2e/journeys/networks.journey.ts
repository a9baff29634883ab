import { expect } from '@playwright/test'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { KeyPairDialog } from '@/e2e/pages/certificates.ts'
import { NetworksPage } from '@/e2e/pages/networks.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import type { SecurityGroup, Vpc, VSwitch } from '@/lib/domain/network.ts'
import { test } from './journey.ts'

interface List<T> {
  readonly items: readonly T[]
}

test('a VPC refuses what overlaps, and its vSwitches are offered free blocks', async ({
  ownerPage: page,
  api,
}) => {
  await createWorkspace(api, 'net-vpc')
  const networks = new NetworksPage(page, 'net-vpc')
  const { drawer } = networks
  await networks.open()
  await networks.begin('Create VPC')
  await drawer.getByLabel('Name').fill('core')
  await drawer.getByLabel('Block 1', { exact: true }).fill('10.1.2.3/16')
  await drawer.getByLabel('Block 1', { exact: true }).blur()
  await expect(drawer.getByText('This has host bits set; write 10.1.0.0/16.')).toBeVisible()
  await drawer.getByRole('button', { name: 'Use 10.1.0.0/16' }).click()
  await expect(drawer.getByLabel('Block 1', { exact: true })).toHaveValue('10.1.0.0/16')
  await drawer.getByRole('button', { name: 'Add block' }).click()
  await drawer.getByLabel('Block 2', { exact: true }).fill('10.1.128.0/17')
  await networks.submit('Create VPC')
  await expect(drawer.getByText('This overlaps 10.1.0.0/16.')).toBeVisible()
  await drawer.getByLabel('Block 2', { exact: true }).fill('fd00:1::/48')
  await networks.submit('Create VPC')
  await expect(networks.row('core')).toContainText('fd00:1::/48')

  await networks.open('/vswitches')
  for (const [name, block] of [
    ['first', '10.1.0.0/24'],
    ['second', '10.1.1.0/24'],
  ] as const) {
    await networks.begin('Create vSwitch')
    await expect(drawer.getByLabel('Block', { exact: true })).toHaveValue(block)
    await drawer.getByLabel('Name').fill(name)
    if (name === 'second') {
      await drawer.getByLabel('Block', { exact: true }).fill('10.1.0.128/25')
      await networks.submit('Create vSwitch')
      await expect(drawer.getByText('10.1.0.128/25 overlaps vSwitch first (10.1.0.0/24).')).toBeVisible()
      await drawer.getByRole('button', { name: `Use ${block}` }).click()
    }
    await networks.submit('Create vSwitch')
    await expect(networks.row(name)).toContainText(block)
  }
  const made = await api.get<List<VSwitch>>('/workspaces/net-vpc/vswitches')
  expect(new Set(made.items.map(({ zone }) => zone)).size).toBe(2)

  await networks.open()
  await networks.tryToDelete('core')
  await expect(drawer.getByRole('link', { name: 'first' })).toBeVisible()
  await expect(drawer.getByRole('button', { name: 'Delete VPC' })).toHaveCount(0)
  await drawer.getByRole('button', { name: 'Keep VPC' }).click()
  const { items } = await api.get<List<Vpc>>('/workspaces/net-vpc/vpcs')
  expect(items.map(({ cidrs }) => cidrs)).toEqual([['10.1.0.0/16', 'fd00:1::/48']])
})

test('one press makes a VPC with a vSwitch in every zone', async ({ ownerPage: page, api }) => {
  await createWorkspace(api, 'net-default')
  const networks = new NetworksPage(page, 'net-default')
  await networks.open()
  await page.getByRole('button', { name: 'Create the default VPC' }).click()
  await expect(networks.row('default')).toContainText('10.0.0.0/8')
  await expect
    .poll(async () => {
      const { items } = await api.get<List<VSwitch>>('/workspaces/net-default/vswitches')
      return items.map(({ zone, cidr }) => `${zone} ${cidr}`).sort()
    })
    .toEqual(['local-a 10.0.0.0/16', 'local-b 10.1.0.0/16', 'local-c 10.2.0.0/16'])
})

test('rules of a security group are ordered by keyboard', async ({ ownerPage: page, api }) => {
  await createWorkspace(api, 'net-rules')
  const networks = new NetworksPage(page, 'net-rules')
  const { drawer } = networks
  await networks.open('/security-groups')
  await networks.begin('Create security group')
  await drawer.getByLabel('Name').fill('models')
  await drawer.getByLabel('From', { exact: true }).fill('10.0.0.0/8')
  await drawer.getByLabel('Ports', { exact: true }).fill('8000-8100')
  await drawer.getByRole('button', { name: 'Add rule' }).first().click()
  await drawer.getByLabel('Action').nth(1).click()
  await page.getByRole('option', { name: 'Deny' }).click()
  await drawer.getByLabel('From', { exact: true }).nth(1).fill('10.9.0.0/16')
  await drawer.getByLabel('From', { exact: true }).nth(1).press('Alt+ArrowUp')
  await expect(drawer.getByLabel('From', { exact: true }).first()).toHaveValue('10.9.0.0/16')
  await expect(drawer.getByLabel('From', { exact: true }).first()).toBeFocused()
  await expect(drawer.getByText('Everything else is denied.')).toBeVisible()
  await networks.submit('Create security group')
  await expect(networks.row('models')).toContainText('2 inbound')
  const { items } = await api.get<List<SecurityGroup>>('/workspaces/net-rules/security-groups')
  expect(items[0]?.rules).toEqual([
    {
      direction: 'inbound',
      protocol: 'tcp',
      portFrom: 1,
      portTo: 65535,
      cidr: '10.9.0.0/16',
      action: 'deny',
    },
    {
      direction: 'inbound',
      protocol: 'tcp',
      portFrom: 8000,
      portTo: 8100,
      cidr: '10.0.0.0/8',
      action: 'allow',
    },
  ])
})

test('a certificate is looked at, uploaded, served by a domain and replaced', async ({
  ownerPage: page,
  api,
}) => {
  await createWorkspace(api, 'net-tls')
  const authority = new TestAuthority()
  const names = ['api.tls.example', '*.tls.example']
  const old = authority.issue({ names, days: 20 })
  const other = authority.issue({ names: ['other.example'] })
  await page.goto('/w/net-tls/certificates')
  await page.getByRole('button', { name: 'Upload certificate' }).click()
  const upload = new KeyPairDialog(page)
  await upload.write({ chain: authority.chain(old), key: other.key })
  await expect(upload.preview).toContainText('*.tls.example')
  await expect(upload.preview).toContainText('Test intermediate')
  await expect(upload.name).toHaveValue('api-tls-example')
  await expect(upload.dialog.getByText('It expires in 20 days')).toBeVisible()
  await expect(upload.dialog.getByText('The key belongs to another certificate')).toBeVisible()
  await upload.write({ chain: '' })
  await upload.chooseFile('Certificate chain (PEM)', authority.chain(old) + old.key)
  await expect(upload.dialog.getByText('The key belongs to another certificate')).toBeHidden()
  await upload.dialog.getByRole('checkbox', { name: 'For domains of the shared gateway' }).click()
  await upload.submit('Upload certificate')
  await expect(page.getByRole('row', { name: /api-tls-example/ })).toContainText('days left')

  await page.goto('/w/net-tls/domains')
  await page.getByRole('button', { name: 'Add domain' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('Gateway', { exact: true }).click()
  await page.getByRole('option', { name: /Shared gateway/ }).click()
  await drawer.getByRole('textbox', { name: 'Domain name' }).fill('api.tls.example')
  await drawer.getByRole('button', { name: 'Create domain name' }).click()
  await expect
    .poll(async () => {
      const { items } = await api.get<List<Domain>>('/workspaces/net-tls/domains')
      return items.find(({ name }) => name === 'api.tls.example')?.certificate?.name
    })
    .toBe('api-tls-example')
  await page.goto('/w/net-tls/domains')
  await expect(page.getByRole('row', { name: /api\.tls\.example/ })).toContainText('Shared gateway')

  await page.goto('/w/net-tls/certificates')
  await page.getByRole('button', { name: 'Actions for api-tls-example' }).click()
  await page.getByRole('menuitem', { name: 'Replace' }).click()
  const replace = new KeyPairDialog(page)
  await replace.write({ chain: authority.chain(other), key: other.key })
  await expect(replace.dialog.getByText('does not cover api.tls.example')).toBeVisible()
  const fresh = authority.issue({ names })
  await replace.write({ chain: authority.chain(fresh), key: fresh.key })
  await replace.submit('Replace certificate')
  const { items } = await api.get<List<Certificate>>('/workspaces/net-tls/certificates')
  expect(items.find(({ name }) => name === 'api-tls-example')?.daysLeft).toBeGreaterThan(80)
  await page.goto('/w/net-tls/activity')
  await expect(page.getByText('Replaced certificate')).toBeVisible()
  authority.close()
})
