import { expect, type Locator, type Page } from '@playwright/test'

/** The Debug panel of a Model API. */
export class DebugPanelPage {
  readonly #page: Page
  readonly #apis: string

  constructor(page: Page, workspace: string) {
    this.#page = page
    this.#apis = `/w/${workspace}/model-apis`
  }

  async open(api: string, search = ''): Promise<void> {
    await this.#page.goto(`${this.#apis}/${api}/debug${search}`)
  }

  /** From the list, by its button. */
  async openOverList(api: string): Promise<void> {
    await this.#page.goto(this.#apis)
    await this.#page.getByRole('link', { name: `Debug ${api}` }).click()
    await expect(this.#page.getByRole('dialog')).toBeVisible()
  }

  get message(): Locator {
    return this.#page.getByRole('textbox', { name: 'Message' })
  }

  get conversation(): Locator {
    return this.#page.getByRole('region', { name: 'Conversation' })
  }

  /** The latest answer; how far it is stands in the status line. */
  get lastTurn(): Locator {
    return this.conversation.getByRole('article').last()
  }

  /** Writes the model, and closes what is offered for it. */
  async name(model: string): Promise<void> {
    await this.#page.getByRole('combobox', { name: 'Model' }).fill(model)
    await this.#page.getByRole('combobox', { name: 'Model' }).press('Tab')
  }

  async ask(question: string): Promise<void> {
    await this.message.fill(question)
    await this.message.press('Enter')
  }

  state(state: 'Streaming' | 'Complete' | 'Stopped' | 'Failed'): Locator {
    return this.#page.getByRole('region', { name: 'The latest call' }).getByText(state, { exact: true })
  }

  async view(name: 'Model Returned' | 'cURL' | 'Raw output'): Promise<void> {
    await this.#page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  }

  /** What the cURL tab shows. */
  async curl(): Promise<string> {
    await this.view('cURL')
    return ((await this.#page.locator('pre').textContent()) ?? '').trim()
  }

  async press(button: string): Promise<void> {
    await this.#page.getByRole('button', { name: button, exact: true }).click()
  }
}
