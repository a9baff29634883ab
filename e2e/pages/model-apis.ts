import { expect, type Locator, type Page } from '@playwright/test'

/** The Model APIs pages of a workspace: list, form and details. */
export class ModelApisPage {
  readonly #page: Page
  readonly #base: string

  constructor(page: Page, workspace: string) {
    this.#page = page
    this.#base = `/w/${workspace}/model-apis`
  }

  async open(): Promise<void> {
    await this.#page.goto(this.#base)
  }

  async begin(useCase = 'text'): Promise<void> {
    await this.#page.goto(`${this.#base}/new?use=${useCase}`)
    await expect(this.#page.getByLabel('API name')).toBeVisible()
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog')
  }

  /** A row of rules, shares or fallbacks, counted from 1. */
  part(list: string, number: number): Locator {
    return this.#page
      .getByRole('list', { name: list, exact: true })
      .getByRole('listitem')
      .nth(number - 1)
  }

  async chooseMode(mode: string): Promise<void> {
    await this.#page.getByRole('radio', { name: mode, exact: true }).click()
  }

  async chooseService(within: Locator, name: string): Promise<void> {
    await within.getByRole('combobox', { name: /^Service/ }).click()
    await this.#page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
  }

  async press(button: string): Promise<void> {
    await this.#page.getByRole('button', { name: button, exact: true }).click()
  }

  row(name: string): Locator {
    return this.#page.getByRole('row').filter({ hasText: name })
  }

  async begins(row: string, item: string): Promise<void> {
    await this.row(row)
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await this.#page.getByRole('menuitem', { name: item }).click()
  }
}
