import { expect, type Page } from '@playwright/test'

/** From anywhere in a workspace: registers a running model server and ends on its page. */
export async function deployByForm(
  page: Page,
  service: { workspace: string; name: string; url: string; model: string },
): Promise<void> {
  await page.goto(`/w/${service.workspace}/inference-services/new`)
  await page.getByLabel('Service name').fill(service.name)
  await page.getByLabel('Base URL').fill(service.url)
  await page.getByLabel('Served model name').fill(service.model)
  await page.getByRole('button', { name: 'Review and deploy' }).click()
  await page.getByRole('button', { name: 'Deploy', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: service.name })).toBeVisible()
}
