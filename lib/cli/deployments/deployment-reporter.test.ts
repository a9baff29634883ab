import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { readBody } from '@/lib/gateway/testing/start-upstream.ts'
import { DeploymentReporter } from './deployment-reporter.ts'

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })
const closers: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start({ idleMs = 60_000 }: { idleMs?: number } = {}) {
  const seen: Array<{ authorization: string | undefined; host: string }> = []
  let status = 204
  const server = createServer(async (request, response) => {
    const { host } = JSON.parse(await readBody(request))
    seen.push({ authorization: request.headers.authorization, host })
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  let host = 'one'
  const reporter = new DeploymentReporter({
    consoleUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nodeToken: 'secret',
    compose: () => ({ host, gateways: [], nameServer: null }),
    idleMs,
  })
  closers.push(() => reporter.stop())
  return {
    reporter,
    seen,
    hosts: () => seen.map((report) => report.host),
    setHost: (next: string) => {
      host = next
    },
    answerWith: (next: number) => {
      status = next
    },
  }
}

test('changes of one moment are one report, with what is so by then', async () => {
  const { reporter, seen, setHost } = await start()
  for (const host of ['two', 'three', 'four']) {
    setHost(host)
    reporter.nudge()
  }
  await eventually(() => expect(seen).toEqual([{ authorization: 'Bearer secret', host: 'four' }]))
})

test('after the first it goes on reporting, changes or none', async () => {
  const { reporter, hosts } = await start({ idleMs: 10 })
  reporter.nudge()
  await eventually(() => expect(hosts().length).toBeGreaterThan(3))
})

test('what a console did not take is told again', async () => {
  const { reporter, hosts, answerWith, setHost } = await start({ idleMs: 10 })
  answerWith(503)
  reporter.nudge()
  await eventually(() => expect(hosts()).toContain('one'))
  answerWith(204)
  setHost('two')
  await eventually(() => expect(hosts()).toContain('two'))
})
