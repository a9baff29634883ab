import { expect, type Page } from '@playwright/test'

/** On the sign-in page; resolves when the console has let the person in. */
export async function signIn(page: Page, person: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/\/w(\/|$)/)
}

/** On the page of the setup link: the first owner and the first workspace. */
export async function setUp(
  page: Page,
  owner: { name: string; email: string; password: string; workspace: string },
): Promise<void> {
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('Email').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByLabel('First workspace').fill(owner.workspace)
  await page.getByRole('button', { name: 'Create owner and workspace' }).click()
  await expect(page).toHaveURL(new RegExp(`/w/${owner.workspace}$`))
}
