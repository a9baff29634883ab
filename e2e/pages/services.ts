import { expect, type Locator, type Page } from '@playwright/test'
import type { ServiceSource } from '@/lib/domain/upstream-service.ts'

/** The Services pages of a workspace: lists, forms and details. */
export class ServicesPage {
  readonly #page: Page
  readonly #base: string

  constructor(page: Page, workspace: string) {
    this.#page = page
    this.#base = `/w/${workspace}/services`
  }

  async open(below: '' | '/sources' = ''): Promise<void> {
    await this.#page.goto(this.#base + below)
  }

  async begin(source: ServiceSource): Promise<void> {
    await this.#page.goto(`${this.#base}/new?source=${source}`)
    await expect(this.#page.getByLabel('Service name')).toBeVisible()
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog')
  }

  get url(): Locator {
    return this.#page.getByLabel('Service URL')
  }

  key(number: number): Locator {
    return this.#page.getByLabel(`Key ${number}`, { exact: true })
  }

  /** Finds a provider by any name that people call it, and chooses it. */
  async chooseProvider(search: string, name: string): Promise<void> {
    await this.#page.getByRole('searchbox', { name: 'Search providers' }).fill(search)
    await this.#page.getByRole('radio', { name, exact: true }).click()
    await expect(this.#page.getByRole('radio', { name, exact: true })).toBeChecked()
  }

  async test(): Promise<Locator> {
    await this.#page.getByRole('button', { name: 'Test connection' }).click()
    return this.#page.getByRole('region', { name: 'Result' })
  }

  async submit(button: 'Create service' | 'Save service' = 'Create service'): Promise<void> {
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
