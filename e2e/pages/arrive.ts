import type { BrowserContext, Page, Request } from '@playwright/test'
import { until } from '@/e2e/until.ts'
import type { Stop } from './tour.ts'

export interface Look {
  readonly theme: 'light' | 'dark'
  readonly language: 'en' | 'zh-CN'
}

/** Chooses theme and language: in the browser for those who are not signed in, on the account for those who are. */
export async function dress(
  context: BrowserContext,
  consoleUrl: string,
  { theme, language }: Look,
  signedIn: boolean,
): Promise<void> {
  await context.addCookies([
    { name: 'switchyard_theme', value: theme, url: consoleUrl },
    { name: 'switchyard_locale', value: language, url: consoleUrl },
  ])
  if (!signedIn) return
  const answer = await context.request.patch(`${consoleUrl}/api/v1/account`, {
    headers: { origin: consoleUrl },
    data: { preferences: { theme, locale: language } },
  })
  if (!answer.ok()) throw new Error(`The account kept its look: ${answer.status()} ${await answer.text()}`)
}

/** Resolves when the stop shows what it is about, in the look chosen, and loads nothing any more. */
export async function arrive(page: Page, consoleUrl: string, stop: Stop, look: Look): Promise<void> {
  const quiet = watchRequests(page)
  await page.goto(consoleUrl + stop.path)
  const heading = stop.dialog
    ? page.getByRole('dialog').getByRole('heading', { level: 2 })
    : page.getByRole('heading', { level: 1 })
  await heading.first().waitFor({ timeout: 20_000 })
  await until(`${stop.name} has loaded`, () => quiet.forMs() > 300 && hasNoSkeleton(page), { everyMs: 50 })
  quiet.stop()
  if (stop.unfold) await unfold(page)
  await page.waitForFunction(
    ({ theme, language }) =>
      document.documentElement.dataset['theme'] === theme && document.documentElement.lang === language,
    look,
    { timeout: 10_000 },
  )
}

async function unfold(page: Page): Promise<void> {
  const folded = page.locator('button[data-fold][aria-expanded=false]')
  for (let left = await folded.count(); left > 0; left--) await folded.first().click()
}

function hasNoSkeleton(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector('.bg-active.rounded-tag[aria-hidden=true]') === null)
}

/** The stream of changes never ends, so it does not count as loading. */
function watchRequests(page: Page) {
  const open = new Set<Request>()
  let lastChange = performance.now()
  const begin = (request: Request) => {
    if (request.resourceType() !== 'eventsource') open.add(request)
    lastChange = performance.now()
  }
  const end = (request: Request) => {
    open.delete(request)
    lastChange = performance.now()
  }
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end)
  return {
    forMs: () => (open.size > 0 ? 0 : performance.now() - lastChange),
    stop: () => page.off('request', begin).off('requestfinished', end).off('requestfailed', end),
  }
}
