import { expect, type Locator, type Page } from '@playwright/test'

/** The Invocation method panel of a service's page. */
export class InvocationPanel {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async choose(side: 'Internet' | 'VPC'): Promise<void> {
    await this.#option('Network', side).click()
  }

  /** By the copy button, as a person takes it: what lands in the clipboard is what counts. */
  async copy(name: 'Endpoint' | 'Full URL' | 'Token'): Promise<string> {
    await this.#page.evaluate(() => navigator.clipboard.writeText(''))
    await this.#page.getByRole('button', { name: `Copy ${name}`, exact: true }).click()
    await expect.poll(() => this.#clipboard()).not.toBe('')
    return this.#clipboard()
  }

  async includeToken(): Promise<void> {
    await this.#option('Token', 'Included').click()
    await expect(this.#snippet()).toContainText('ek_live_')
  }

  async stream(): Promise<void> {
    await this.#page.getByRole('switch', { name: 'Streaming' }).click()
    await expect(this.#snippet()).toContainText('"stream"')
  }

  /** Exactly what is shown. */
  async snippet(language: 'cURL' | 'Python' | 'OpenAI SDK' | 'Node.js' = 'cURL'): Promise<string> {
    await this.#page.getByRole('button', { name: language, exact: true }).click()
    return (await this.#snippet().textContent()) ?? ''
  }

  async sendTestRequest(): Promise<Locator> {
    await this.#page.getByRole('button', { name: 'Send test request' }).click()
    return this.#page.getByText('200', { exact: false }).first()
  }

  #snippet(): Locator {
    return this.#page.locator('pre').first()
  }

  #option(group: string, name: string): Locator {
    return this.#page.getByLabel(group, { exact: true }).getByText(name, { exact: true })
  }

  #clipboard(): Promise<string> {
    return this.#page.evaluate(() => navigator.clipboard.readText())
  }
}
