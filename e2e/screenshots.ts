import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { browserFlags, findChromium } from './browser.ts'
import { callService } from './call-service.ts'
import { type ConsoleApi, createConsoleApi } from './console-api.ts'
import { createConsumer } from './create-consumer.ts'
import { createGateway, createNetwork, gatewayRuns } from './create-gateway.ts'
import { createModelApi } from './create-model-api.ts'
import { createKeyedUpstream } from './create-upstream.ts'
import { createWorkspace, deployService, readService } from './deploy-service.ts'
import { createModelServer } from './fakes/model-server.ts'
import { arrive, dress, type Look } from './pages/arrive.ts'
import { signIn } from './pages/sign-in.ts'
import { languages, type Stop, type TourObjects, themes, tour } from './pages/tour.ts'
import { type Installation, startInstallation } from './start-installation.ts'
import { until } from './until.ts'

/**
 * Photographs every page in both themes and languages, wide and on a phone, into `out/screenshots`:
 *
 *   npx esbuild e2e/screenshots.ts --bundle --platform=node --format=esm --packages=external \
 *     --outfile=out/screenshots.mjs && node out/screenshots.mjs [name…]
 *
 * Names choose stops of the tour. Pages that scroll sideways, log an error or fail to load are listed at the end.
 */
const sizes = { wide: { width: 1360, height: 860 }, phone: { width: 390, height: 844 } } as const
const folder = join(process.cwd(), 'out/screenshots')
const wanted = process.argv.slice(2)
const complaints: string[] = []
const zoneBlocks = { 'local-a': '10.0.0.0/16', 'local-b': '10.1.0.0/16' }

const models = await createModelServer({ paceMs: 2 })
const installation = await startInstallation()
const executablePath = findChromium()
const browser = await chromium.launch({
  args: [...browserFlags],
  ...(executablePath === null ? {} : { executablePath }),
})
try {
  const stops = tour('acme-prod', await furnish(installation, models.url)).filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name),
  )
  const state = await ownerState(browser, installation)
  for (const theme of themes) {
    for (const language of languages) {
      for (const [size, viewport] of Object.entries(sizes)) {
        const target = join(folder, size)
        mkdirSync(target, { recursive: true })
        const look = { theme, language }
        const options = {
          viewport,
          locale: language,
          timezoneId: 'Europe/Berlin',
          reducedMotion: 'reduce',
        } as const
        const inside = await openPage({ ...options, storageState: state }, look)
        const outside = await openPage(options, look)
        for (const stop of stops) {
          const label = `${stop.name}-${theme}-${language}`
          const page = stop.public ? outside : inside
          await photograph(page, {
            stop,
            look,
            file: join(target, `${label}.png`),
            label: `${size} ${label}`,
          })
        }
        await inside.context().close()
        await outside.context().close()
      }
    }
  }
} finally {
  await browser.close()
  await installation.stop()
  await models.close()
}
console.log(complaints.length === 0 ? 'Nothing to complain about.' : complaints.join('\n'))

interface Picture {
  readonly stop: Stop
  readonly look: Look
  readonly file: string
  readonly label: string
}

/** A workspace that looks like one at work: services that answer, one that fails, one that is stopped, and traffic. */
async function furnish(
  { consoleUrl, internetUrl, apiToken }: Installation,
  modelUrl: string,
): Promise<TourObjects> {
  const api = createConsoleApi(consoleUrl, apiToken)
  await createWorkspace(api, 'acme-prod')
  const healthCheck = { path: '/health', intervalMs: 1000, timeoutMs: 500 }
  const chat = await deployService(api, 'acme-prod', {
    name: 'qwen_7b',
    url: modelUrl,
    model: 'Qwen2.5-7B-Instruct',
    description: 'Chat for the support desk',
    requestsPerSecond: 200,
    concurrency: { perInstance: 16, queueSize: 32 },
    passiveHealth: { failures: 1, window: 1, ejectMs: 600_000, ejectMsMax: 600_000 },
    healthCheck,
  })
  const { version, instances } = await readService(api, chat)
  const [good] = instances.map(({ id, url, weight }) => ({ id, url, weight }))
  // A second one that nobody listens for: traffic takes it out before a check does.
  const dead = { url: 'http://127.0.0.1:9', weight: 1 }
  await api.patch(chat.path, { version, instances: [good, dead], healthCheck: null })
  await deployService(api, 'acme-prod', {
    name: 'bge_m3',
    url: modelUrl,
    apiType: 'openai-embeddings',
    healthCheck,
  })
  await deployService(api, 'acme-prod', {
    name: 'reranker',
    url: 'http://127.0.0.1:9',
    apiType: 'rerank',
    healthCheck,
  })
  const idle = await deployService(api, 'acme-prod', { name: 'old_llama', url: modelUrl })
  await api.post(`${idle.path}/stop`, { version: 1 })
  await api.post(`${chat.path}/tokens`, { graceSeconds: 86_400 })
  await until('the service answers', async () => (await call(chat.token)).status === 200)
  for (let sent = 0; sent < 40; sent++) await call(sent % 10 === 0 ? 'ek_live_wrong' : chat.token)
  const upstream = await createKeyedUpstream(api, 'acme-prod')
  const modelApi = await createModelApi(api, 'acme-prod', upstream.id)
  const consumer = await createConsumer(api, 'acme-prod', modelApi.id)
  return {
    serviceId: chat.id,
    gatewayId: await furnishGateway(api, modelUrl),
    upstreamId: upstream.id,
    modelApiId: modelApi.id,
    consumerId: consumer.id,
  }

  function call(token: string) {
    return callService(internetUrl, 'qwen_7b', token)
  }
}

/** A managed gateway that is reachable from outside and inside, with a name of its own. */
async function furnishGateway(api: ConsoleApi, modelUrl: string): Promise<string> {
  const network = { name: 'vpc-core', cidr: '10.0.0.0/8', vswitches: zoneBlocks }
  const { vpc, vswitches } = await createNetwork(api, 'acme-prod', network)
  const managed = { type: 'managed', name: 'edge-managed-01' } as const
  const { id } = await createGateway(api, 'acme-prod', managed)
  const gateway = `/workspaces/acme-prod/gateways/${id}`
  await api.send('PUT', `${gateway}/internet`, { enabled: true })
  await api.send('PUT', `${gateway}/internet/whitelist`, [
    { cidr: '192.0.2.0/24', note: 'Office egress' },
    { cidr: '203.0.113.40/32', note: 'CI runner' },
    { cidr: '2001:db8::/32', note: '' },
  ])
  const vswitchIds = vswitches.map((vswitch) => vswitch.id)
  await api.post(`${gateway}/vpcs`, { vpcId: vpc.id, vswitchIds, authoritativeDns: true })
  await api.post('/workspaces/acme-prod/domains', {
    gatewayId: id,
    name: 'api.example.com',
    protocol: 'http',
  })
  await deployService(api, 'acme-prod', { name: 'edge_chat', url: modelUrl, gatewayId: id })
  await createGateway(api, 'acme-prod', { type: 'alb', name: 'edge-alb-01' })
  await gatewayRuns(api, 'acme-prod', id)
  return id
}

async function ownerState(from: Browser, { consoleUrl, admin }: Installation) {
  const context = await from.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  await page.goto(`${consoleUrl}/sign-in`)
  await signIn(page, admin)
  const state = await context.storageState()
  await context.close()
  return state
}

async function openPage(options: BrowserContextOptions, look: Look): Promise<Page> {
  const context = await browser.newContext(options)
  await dress(context, installation.consoleUrl, look, options.storageState !== undefined)
  return context.newPage()
}

async function photograph(page: Page, { stop, look, file, label }: Picture): Promise<void> {
  const complain = (what: string) => complaints.push(`${label}: ${what}`)
  const onError = (error: Error) => complain(error.message)
  page.on('pageerror', onError)
  try {
    await arrive(page, installation.consoleUrl, stop, look)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (overflow > 0) complain(`scrolls sideways by ${overflow} px`)
  } catch (error) {
    complain(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
  await page.screenshot({ path: file })
  page.off('pageerror', onError)
}
