import { expect, type Locator, type Page } from '@playwright/test'

/** The gateways of a workspace and the tabs of one of them. */
export class GatewaysPage {
  readonly #page: Page
  readonly #base: string

  constructor(page: Page, workspace: string) {
    this.#page = page
    this.#base = `/w/${workspace}/gateways`
  }

  async open(): Promise<void> {
    await this.#page.goto(this.#base)
  }

  async begin(kind: 'Application Load Balancer' | 'Fully managed'): Promise<void> {
    await this.#page.getByRole('button', { name: 'Create dedicated gateway' }).click()
    await this.#page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click()
  }

  /** On the page of the gateway that was just created: its id. */
  async createdId(name: string): Promise<string> {
    await expect(this.#page.getByRole('heading', { level: 1, name })).toBeVisible()
    return this.#page.url().split('/').at(-1) ?? ''
  }

  async openAccess(id: string, net: 'vpc' | 'internet'): Promise<void> {
    await this.#page.goto(`${this.#base}/${id}/access?net=${net}`)
  }

  /** Toasts are dialogs too. */
  get dialog(): Locator {
    return this.#page.getByRole('dialog').and(this.#page.locator(':not([data-toast])'))
  }

  /** As printed, ready to be copied. */
  async endpoint(): Promise<string> {
    const value = this.#page.getByRole('definition').filter({ has: this.#page.getByLabel('Copy Endpoint') })
    return ((await value.first().textContent()) ?? '').trim()
  }

  async addBlocks(written: string): Promise<void> {
    await this.#page
      .getByLabel('Add CIDR blocks', { exact: true })
      .and(this.#page.locator('textarea'))
      .fill(written)
  }
}
