import { expect } from '@playwright/test'
import OpenAI from 'openai'
import { deployByForm } from '@/e2e/pages/deploy-form.ts'
import { InvocationPanel } from '@/e2e/pages/invocation-panel.ts'
import { setUp } from '@/e2e/pages/sign-in.ts'
import { runInBash } from '@/e2e/run-snippet.ts'
import { startInstallation } from '@/e2e/start-installation.ts'
import { test } from './journey.ts'

test('from the setup link to a model call, streamed, on both listeners', async ({
  browser,
  contextOptions,
  models,
}) => {
  const installation = await startInstallation({ owner: false })
  const context = await browser.newContext({ ...contextOptions, baseURL: installation.consoleUrl })
  try {
    const page = await context.newPage()
    const setupUrl = await installation.setupUrl()
    await test.step('the setup link makes the first owner and workspace', async () => {
      await page.goto(setupUrl)
      await setUp(page, {
        name: 'Ada',
        email: 'ada@example.com',
        password: 'a sentence works well',
        workspace: 'first',
      })
    })

    await test.step('the link works once', async () => {
      const other = await browser.newContext()
      const late = await other.newPage()
      await late.goto(setupUrl)
      await expect(late.getByText('This setup link does not work')).toBeVisible()
      await other.close()
    })

    await test.step('a running model server is deployed by the form', async () => {
      await deployByForm(page, {
        workspace: 'first',
        name: 'qwen_first',
        url: models.url,
        model: 'sample-model',
      })
    })

    const panel = new InvocationPanel(page)
    const token = await panel.copy('Token')
    await test.step('endpoint, URL and token are copied whole', async () => {
      expect(token).toMatch(/^ek_live_[A-Za-z0-9]{40}$/)
      expect(await panel.copy('Endpoint')).toBe(`${installation.internetUrl}/api/predict/qwen_first`)
      expect(await panel.copy('Full URL')).toMatch(/\/qwen_first\/v1\/chat\/completions$/)
    })

    await test.step('the cURL snippet runs as it is shown, with the token from the environment', async () => {
      const answer = JSON.parse(await runInBash(await panel.snippet('cURL'), { EAS_TOKEN: token }))
      expect(answer.choices[0].message.content).toContain('sample model')
    })

    await test.step('and with the token included, streaming', async () => {
      await panel.includeToken()
      await panel.stream()
      expect(await runInBash(await panel.snippet('cURL'))).toContain('data: [DONE]')
    })

    for (const side of ['Internet', 'VPC'] as const) {
      await test.step(`the OpenAI client streams on the ${side} side`, async () => {
        await panel.choose(side)
        const endpoint = await panel.copy('Endpoint')
        expect(endpoint).toContain(side === 'VPC' ? installation.vpcUrl : installation.internetUrl)
        const openai = new OpenAI({ baseURL: `${endpoint}/v1`, apiKey: token, maxRetries: 0 })
        const stream = await openai.chat.completions.create({
          model: 'sample-model',
          messages: [{ role: 'user', content: 'Hello' }],
          stream: true,
        })
        let text = ''
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
        expect(text).toContain('"Hello"')
      })
    }
  } finally {
    await context.close()
    await installation.stop()
  }
})
