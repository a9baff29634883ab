import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { createConsumer } from '@/e2e/create-consumer.ts'
import { createGateway } from '@/e2e/create-gateway.ts'
import { createModelApi } from '@/e2e/create-model-api.ts'
import { createKeyedUpstream } from '@/e2e/create-upstream.ts'
import { createWorkspace, deployService } from '@/e2e/deploy-service.ts'
import { arrive, dress } from '@/e2e/pages/arrive.ts'
import { languages, themes, tour } from '@/e2e/pages/tour.ts'
import { test } from './journey.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

test.describe.configure({ timeout: 420_000 })

for (const language of languages) {
  test(`axe finds nothing on any page in either theme, ${language}`, async ({
    browser,
    installation,
    api,
    models,
    ownerState,
    contextOptions,
  }) => {
    const { consoleUrl } = installation
    const look = { theme: 'light', language } as const
    const workspace = `axe-${language.toLowerCase()}`
    await createWorkspace(api, workspace)
    const name = `axe_${language.slice(0, 2)}`
    const service = await deployService(api, workspace, { name, url: models.url })
    const gateway = await createGateway(api, workspace, { type: 'managed', name: workspace, nodes: 1 })
    const upstream = await createKeyedUpstream(api, workspace)
    const modelApi = await createModelApi(api, workspace, upstream.id)
    const consumer = await createConsumer(api, workspace, modelApi.id)
    const still = { ...contextOptions, reducedMotion: 'reduce' } as const
    const inside = await browser.newContext({ ...still, storageState: ownerState })
    const outside = await browser.newContext(still)
    await dress(inside, consoleUrl, look, true)
    await dress(outside, consoleUrl, look, false)
    const pages = { inside: await inside.newPage(), outside: await outside.newPage() }
    const found: string[] = []
    const objects = {
      serviceId: service.id,
      gatewayId: gateway.id,
      upstreamId: upstream.id,
      modelApiId: modelApi.id,
      consumerId: consumer.id,
    }
    for (const stop of tour(workspace, objects)) {
      const page = stop.public ? pages.outside : pages.inside
      await arrive(page, consoleUrl, stop, look)
      for (const theme of themes) {
        // The theme is this attribute and nothing else, so one visit shows both.
        await page.evaluate((value) => document.documentElement.setAttribute('data-theme', value), theme)
        found.push(...(await violations(page, `${stop.name}, ${theme}`)))
      }
    }
    expect(found).toEqual([])
    await inside.close()
    await outside.close()
  })
}

async function violations(page: Page, label: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${label}: ${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  )
}
