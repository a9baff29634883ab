import { expect, type Locator, type Page } from '@playwright/test'

/** The dialog that takes a certificate and its key, to upload or to replace. */
export class KeyPairDialog {
  readonly dialog: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog')
  }

  async write({ chain, key }: { readonly chain: string; readonly key?: string }): Promise<void> {
    await this.dialog.getByLabel('Certificate chain (PEM)', { exact: true }).fill(chain)
    if (key !== undefined) await this.dialog.getByLabel('Private key (PEM)', { exact: true }).fill(key)
  }

  /** As somebody drops a file on the field. */
  async chooseFile(field: 'Certificate chain (PEM)' | 'Private key (PEM)', text: string): Promise<void> {
    await this.dialog
      .getByLabel(`File for ${field}`)
      .setInputFiles({ name: 'combined.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(text) })
  }

  get preview(): Locator {
    return this.dialog.getByRole('region', { name: 'This certificate' })
  }

  get name(): Locator {
    return this.dialog.getByLabel('Name', { exact: true })
  }

  async submit(button: 'Upload certificate' | 'Replace certificate'): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click()
    await expect(this.dialog).toBeHidden()
  }
}
