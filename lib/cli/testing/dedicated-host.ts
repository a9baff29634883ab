import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import {
  makeDataDir,
  removeDataDir,
  startHost,
  type TestHost,
  type TestHostOptions,
} from '@/lib/cli/testing/start-host.ts'
import { bundleNode } from '@/lib/cli/testing/start-nodes.ts'
import { type StreamServer, startStreamServer } from '@/lib/cli/testing/stream-server.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import type { GatewayDeployment } from '@/lib/snapshot/deployment.ts'

export const headers = { authorization: testToken }
export const path = '/api/predict/demo/'
export const id = 'gw_dedicated'
let bundle: { file: string; remove(): void }
export const closers: Array<() => unknown> = []

/** The node's program is bundled once for a file of tests; what a test started ends with it. */
export function withHosts(): void {
  beforeAll(async () => {
    bundle = await bundleNode()
  })
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })
  afterAll(() => bundle.remove())
}

export async function start(
  options: Omit<TestHostOptions, 'bundle'> = {},
): Promise<TestHost & { model: StreamServer }> {
  const model = await startStreamServer({ paceMs: 200 })
  closers.push(model.close)
  const dataDir = options.dataDir ?? makeDataDir()
  if (options.dataDir === undefined) closers.push(() => removeDataDir(dataDir))
  const host = await startHost({ bundle: bundle.file, ...options, dataDir })
  closers.push(host.stop)
  if (options.hasConsole !== false) host.console.publish(snapshotOf(model))
  return { ...host, model }
}

function snapshotOf(model: StreamServer) {
  const instances = [makeInstance(model.upstream.url)]
  return makeSnapshot({ revision: 1, services: [makeService({ instances, requestTimeoutMs: 120_000 })] })
}

export type Doors = GatewayDeployment['doors']

export function gateway(doors: Doors, more: Partial<GatewayDeployment> = {}): GatewayDeployment {
  const nodes = { min: 1, max: 1 }
  return { gatewayId: id, name: 'dedicated', type: 'managed', doors, nodes, memoryMb: null, ...more }
}

export const at = (port: number) => `http://127.0.0.1:${port}${path}`

export async function eventually(condition: () => boolean, what: string): Promise<void> {
  for (let attempt = 0; !condition(); attempt++) {
    if (attempt === 5) return until(condition, what)
    await until(condition, what).catch(() => {})
  }
}

export async function untilRunning(host: TestHost, running = 1): Promise<void> {
  const report = () => host.plans.reported(id)
  await eventually(
    () => report()?.state === 'running' && report()?.nodes.running === running,
    `${running} nodes run`,
  )
}

export const whole = (outcomes: readonly { isWhole: boolean }[]) =>
  outcomes.filter(({ isWhole }) => isWhole).length

export async function outcomeAt(port: number): Promise<number | string> {
  try {
    const answer = await fetch(at(port), { method: 'POST', headers, body: 'x' })
    await answer.arrayBuffer()
    return answer.status
  } catch (error) {
    return String((error as { cause?: { code?: string } }).cause?.code ?? error)
  }
}

export async function statusOfShared(host: TestHost): Promise<number> {
  await host.deployments.ready()
  const answer = await fetch(host.sharedUrl + path, { method: 'POST', headers, body: 'x' })
  await answer.arrayBuffer()
  return answer.status
}

/** Nothing that the test can see tells when a process has heard of a door. */
export async function becomes(port: number, wanted: number | string): Promise<void> {
  const deadline = performance.now() + 20_000
  let outcome = await outcomeAt(port)
  while (outcome !== wanted && performance.now() < deadline) outcome = await outcomeAt(port)
  expect(outcome).toBe(wanted)
}
