import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect } from '@playwright/test'
import { createWorkspace, deployService } from '@/e2e/deploy-service.ts'
import { arrive, dress } from '@/e2e/pages/arrive.ts'
import { languages, type Stop, themes, tour } from '@/e2e/pages/tour.ts'
import { test } from './journey.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

test.describe.configure({ timeout: 300_000 })

for (const theme of themes) {
  for (const language of languages) {
    test(`axe finds nothing on any page, ${theme}, ${language}`, async ({
      browser,
      installation,
      api,
      models,
      ownerState,
      contextOptions,
    }) => {
      const workspace = `axe-${theme}-${language.toLowerCase()}`
      await createWorkspace(api, workspace)
      const name = `axe_${theme}_${language.slice(0, 2)}`
      const service = await deployService(api, workspace, { name, url: models.url })
      const open = (state: typeof ownerState | undefined) =>
        openWith(browser, { ...contextOptions, ...(state ? { storageState: state } : {}) })
      const inside = await open(ownerState)
      const outside = await open(undefined)
      const found: string[] = []
      await dress(inside, installation.consoleUrl, { theme, language }, true)
      await dress(outside, installation.consoleUrl, { theme, language }, false)
      const pages = { inside: await inside.newPage(), outside: await outside.newPage() }
      for (const stop of tour(workspace, service.id)) {
        const page = stop.public ? pages.outside : pages.inside
        await arrive(page, installation.consoleUrl, stop, { theme, language })
        found.push(...(await violations(page, stop)))
      }
      expect(found).toEqual([])
      await inside.close()
      await outside.close()
    })
  }
}

function openWith(browser: Browser, options: Parameters<Browser['newContext']>[0]) {
  return browser.newContext({ ...options, reducedMotion: 'reduce' })
}

async function violations(
  page: ConstructorParameters<typeof AxeBuilder>[0]['page'],
  stop: Stop,
): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${stop.name}: ${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  )
}
