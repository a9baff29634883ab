import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { type PlanConsole, startPlanConsole } from '@/lib/cli/testing/plan-console.ts'
import { planOf } from '@/lib/cli/testing/start-host.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import { PlanStream } from './plan-stream.ts'

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000 })
const nodeToken = 't'.repeat(40)
const closers: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function follow(
  consoleUrl: string,
  options: { token?: string; silenceMs?: number; onPlan?: () => void } = {},
) {
  const plans: string[] = []
  const troubles: string[] = []
  const onOpen = vi.fn()
  const stream = new PlanStream({
    consoleUrl,
    nodeToken: options.token ?? nodeToken,
    host: 'box',
    onOpen,
    onPlan: (text) => {
      plans.push(text)
      options.onPlan?.()
    },
    onTrouble: (reason) => troubles.push(reason),
    jitter: new FullJitter(5, 5),
    ...(options.silenceMs === undefined ? {} : { silenceMs: options.silenceMs }),
  })
  const ran = stream.run()
  closers.push(async () => {
    stream.stop()
    await ran
  })
  return { plans, troubles, onOpen }
}

async function startConsole(): Promise<PlanConsole> {
  const console = await startPlanConsole(nodeToken)
  closers.push(console.close)
  return console
}

test('plans come as they are published, and the newest again after the stream broke', async () => {
  const console = await startConsole()
  const { plans, onOpen, troubles } = follow(console.url)
  console.publish(planOf())
  await eventually(() => expect(plans).toEqual([JSON.stringify(planOf())]))
  expect(console.hosts).toEqual(['box'])
  console.breakStreams()
  await eventually(() => expect(plans).toHaveLength(2))
  expect(onOpen).toHaveBeenCalledTimes(2)
  expect(troubles).toEqual([])
})

test('a console that refuses the token is trouble, told once', async () => {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(401).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const { troubles, onOpen } = follow(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  await eventually(() => expect(asked).toBeGreaterThan(3))
  expect(troubles).toEqual(['The console answered 401 to the request for plans.'])
  expect(onOpen).not.toHaveBeenCalled()
})

test('the token and the name of this host are shown', async () => {
  const console = await startConsole()
  follow(console.url, { token: 'wrong' })
  const { onOpen } = follow(console.url)
  await eventually(() => expect(onOpen).toHaveBeenCalledOnce())
  expect(console.hosts).toEqual(['box'])
})

test('a console that is away is asked again without a word', async () => {
  const console = await startConsole()
  const { port } = new URL(console.url)
  await console.close()
  const { plans, troubles } = follow(`http://127.0.0.1:${port}`)
  const again = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: plan\ndata: here\n\n')
  })
  await new Promise<void>((resolve) => again.listen(Number(port), '127.0.0.1', resolve))
  closers.push(() => {
    again.closeAllConnections()
    again.close()
  })
  await eventually(() => expect(plans).toContain('here'))
  expect(troubles).toEqual([])
})

test('a connection that falls silent counts as dead', async () => {
  let connections = 0
  const server = createServer((_request, response) => {
    connections += 1
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: heartbeat\ndata: \n\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  follow(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { silenceMs: 50 })
  await eventually(() => expect(connections).toBeGreaterThan(2))
})

test('a plan that cannot be followed is told once, and asked for again', async () => {
  const console = await startConsole()
  console.publish(planOf())
  const onPlan = () => {
    throw new TypeError('It went wrong.')
  }
  const { plans, troubles } = follow(console.url, { onPlan })
  await eventually(() => expect(plans.length).toBeGreaterThan(3))
  expect(troubles).toEqual(['It went wrong.'])
})
