import { expect, type Locator, type Page } from '@playwright/test'

/** The Networks pages of a workspace. */
export class NetworksPage {
  readonly #page: Page
  readonly #base: string

  constructor(page: Page, workspace: string) {
    this.#page = page
    this.#base = `/w/${workspace}/networks`
  }

  async open(tab: '' | '/vswitches' | '/security-groups' = ''): Promise<void> {
    await this.#page.goto(this.#base + tab)
  }

  get drawer(): Locator {
    return this.#page.getByRole('dialog')
  }

  row(name: string): Locator {
    return this.#page.getByRole('row').filter({ has: this.#page.getByRole('link', { name, exact: true }) })
  }

  async begin(button: 'Create VPC' | 'Create vSwitch' | 'Create security group'): Promise<void> {
    await this.#page.getByRole('button', { name: button, exact: true }).first().click()
    await expect(this.drawer.getByRole('heading', { name: button })).toBeVisible()
  }

  async submit(button: string): Promise<void> {
    await this.drawer.getByRole('button', { name: button, exact: true }).click()
  }

  /** The refusal lists who uses it. */
  async tryToDelete(name: string): Promise<Locator> {
    await this.#page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
    await this.#page.getByRole('menuitem', { name: 'Delete' }).click()
    return this.drawer
  }
}
