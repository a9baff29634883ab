import { expect, type Locator, type Page } from '@playwright/test'

/** The consumers pages of a workspace: list, form and details. */
export class ConsumersPage {
  readonly #page: Page
  readonly #base: string

  constructor(page: Page, workspace: string) {
    this.#page = page
    this.#base = `/w/${workspace}/consumers`
  }

  async open(id = ''): Promise<void> {
    await this.#page.goto(id === '' ? this.#base : `${this.#base}/${id}`)
  }

  async begin(): Promise<void> {
    await this.#page.goto(`${this.#base}/new`)
    await expect(this.#page.getByLabel('Name', { exact: true })).toBeVisible()
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog')
  }

  /** Of the form: what the consumer may call. */
  async grant(modelApi: string): Promise<void> {
    await this.#page.getByRole('combobox', { name: /^May call/ }).fill(modelApi)
    await this.#page.getByRole('option', { name: modelApi, exact: true }).click()
    await this.#page.keyboard.press('Escape')
  }

  async press(button: string): Promise<void> {
    await this.#page.getByRole('button', { name: button, exact: true }).click()
  }

  row(text: string): Locator {
    return this.#page.getByRole('row').filter({ hasText: text })
  }

  /** An action of a row's menu. */
  async begins(row: string, item: string): Promise<void> {
    await this.row(row)
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await this.#page.getByRole('menuitem', { name: item }).click()
  }

  /** The key that is shown this once; closes the dialog. */
  async takeSecret(): Promise<string> {
    await expect(this.dialog.getByText('it is not shown again')).toBeVisible()
    const secret = ((await this.dialog.locator('pre').first().textContent()) ?? '').trim()
    await this.dialog.getByRole('button', { name: 'I have copied it' }).click()
    await expect(this.dialog).toHaveCount(0)
    return secret
  }
}
