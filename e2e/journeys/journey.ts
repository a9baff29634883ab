import { test as base, type Page } from '@playwright/test'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { dress } from '@/e2e/pages/arrive.ts'
import { signIn } from '@/e2e/pages/sign-in.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'

interface SharedParts {
  readonly models: ModelServer
  /** With an owner; one for all journeys of a worker, so each makes a workspace of its own. */
  readonly installation: Installation
  readonly api: ConsoleApi
  /** The owner's session cookie, taken once: sign-in is rate-limited. */
  readonly ownerState: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>
}

interface OwnParts {
  /** A page on which the owner of the installation is signed in. */
  readonly ownerPage: Page
}

export const test = base.extend<OwnParts, SharedParts>({
  models: [
    async ({ browserName: _ }, use) => {
      const models = await createModelServer({ paceMs: 5 })
      await use(models)
      await models.close()
    },
    { scope: 'worker' },
  ],
  installation: [
    async ({ browserName: _ }, use) => {
      // No journey asks a name server of the world: there is none on this port.
      const installation = await startInstallation({ env: { SWITCHYARD_DNS_SERVERS: '127.0.0.1:9' } })
      await use(installation)
      await installation.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  api: [
    async ({ installation }, use) => use(createConsoleApi(installation.consoleUrl, installation.apiToken)),
    { scope: 'worker' },
  ],
  ownerState: [
    async ({ browser, installation }, use) => {
      const context = await browser.newContext({ locale: 'en-US' })
      const page = await context.newPage()
      await page.goto(`${installation.consoleUrl}/sign-in`)
      await signIn(page, installation.admin)
      await use(await context.storageState())
      await context.close()
    },
    { scope: 'worker' },
  ],
  ownerPage: async ({ browser, ownerState, contextOptions, installation }, use) => {
    const context = await browser.newContext({
      ...contextOptions,
      storageState: ownerState,
      baseURL: installation.consoleUrl,
    })
    // Another journey may have left the one account that they share in another language.
    await dress(context, installation.consoleUrl, { theme: 'light', language: 'en' }, true)
    await use(await context.newPage())
    await context.close()
  },
})
