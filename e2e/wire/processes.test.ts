import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callService, chatBody } from '@/e2e/call-service.ts'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, type DeployedService, deployService, readService } from '@/e2e/deploy-service.ts'
import { freePorts, type Installation, runProgram, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import { type StreamServer, startStreamServer } from '@/lib/cli/testing/stream-server.ts'
import { openStreams, type SteadyRequests, startRequests } from '@/lib/cli/testing/traffic.ts'
import type { GatewayNode } from '@/lib/domain/gateway.ts'

/** An installation with two node processes, as it looks to callers while parts of it die or are replaced. */

let installation: Installation
let model: StreamServer
let api: ConsoleApi
let service: DeployedService

beforeAll(async () => {
  model = await startStreamServer({ paceMs: 200 })
  installation = await startInstallation({ env: { SWITCHYARD_GATEWAY_NODES: '2' } })
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'processes')
  service = await deployService(api, 'processes', { name: 'steady', url: model.upstream.url })
  await until('the service answers', async () => (await status()) === 200)
})
afterAll(async () => {
  model?.finish()
  await installation?.stop()
  await model?.close()
})

async function status(): Promise<number> {
  return (await callService(installation.internetUrl, service.name, service.token)).status
}

const url = () => `${installation.internetUrl}/api/predict/${service.name}/v1/chat/completions`
const headers = () => ({ authorization: service.token })

/** Below the rate that a service is limited to by default. */
function steadyRequests(): SteadyRequests {
  return startRequests(url(), {
    callers: 4,
    pauseMs: 8,
    headers: { ...headers(), 'content-type': 'application/json' },
    body: chatBody,
  })
}

async function moreAnswers(requests: SteadyRequests, count: number): Promise<void> {
  const enough = requests.answered() + count
  await until('requests go on', () => requests.answered() >= enough)
}

async function nodes(): Promise<GatewayNode[]> {
  return (await api.get<{ items: GatewayNode[] }>('/workspaces/processes/gateways/shared/nodes')).items
}

let newestRevision = 0

async function setInstances(...urls: string[]): Promise<void> {
  const { version } = await readService(api, service)
  await api.patch(service.path, {
    version,
    instances: urls.map((instance) => ({ url: instance, weight: 1 })),
  })
  const gateway = await api.get<{ revision: number }>('/workspaces/processes/gateways/shared/rollout')
  newestRevision = gateway.revision
}

const running = (items: readonly GatewayNode[]) => items.filter(({ state }) => state === 'running')

test('the console shows both nodes, on the same ports', async () => {
  const both = await until('both nodes report', async () => {
    const items = running(await nodes())
    return items.length === 2 && items
  })
  const { gateways } = await installation.pids()
  expect(both.map(({ pid }) => pid).sort()).toEqual([...gateways].sort())
  expect(both[0]?.listeners).toEqual(both[1]?.listeners)
  expect(both[0]?.id).not.toBe(both[1]?.id)
  await until('it says so', () => /Gateway nodes\s+2 processes/.test(installation.output()))
})

test('a console that is killed costs no call, and its own callers wait', async () => {
  const requests = steadyRequests()
  await moreAnswers(requests, 20)
  const before = await installation.pids()
  const killedAt = performance.now()
  process.kill(before.console, 'SIGKILL')
  const failures: unknown[] = []
  await until(
    'a console answers',
    async () => {
      const answer = await api.get('/workspaces').catch((error: Error) => {
        failures.push(error.cause)
      })
      return answer !== undefined
    },
    { withinMs: 60_000 },
  )
  const backMs = performance.now() - killedAt
  expect(failures.filter((cause) => String(cause).includes('ECONNREFUSED'))).toEqual([])
  expect((await installation.pids()).console).not.toBe(before.console)
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
  expect((await installation.pids()).gateways).toEqual(before.gateways)
  console.log(`The console was back after ${backMs.toFixed(0)} ms; ${seenBy(requests)}`)
})

test('a node that is killed costs at most what it was answering', async () => {
  const requests = steadyRequests()
  await moreAnswers(requests, 20)
  const before = await installation.pids()
  const killedAt = performance.now()
  process.kill(before.gateway, 'SIGKILL')
  await until('two nodes run again', async () => {
    const { gateways } = await installation.pids()
    return gateways.length === 2 && !gateways.includes(before.gateway)
  })
  await moreAnswers(requests, 50)
  const counts = await requests.stop()
  const lost = [...counts].filter(([outcome]) => outcome !== '200')
  expect(lost.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(4)
  expect(lost.map(([outcome]) => outcome)).not.toContain('ECONNREFUSED')
  const normalAfter = Math.max(0, (requests.lastFailureAt() ?? killedAt) - killedAt)
  console.log(`The last failure was ${normalAfter.toFixed(0)} ms after the kill; ${seenBy(requests)}`)
})

test('an instance that is killed costs at most what it was answering', async () => {
  const doomed = await startModelProcess()
  await setInstances(doomed.url, model.upstream.url)
  await until('the new instance is called', async () => {
    await status()
    return (await doomed.requests()) > 0
  })
  const requests = steadyRequests()
  await moreAnswers(requests, 50)
  const killedAt = performance.now()
  doomed.kill()
  await moreAnswers(requests, 200)
  const counts = await requests.stop()
  const normalAfter = Math.max(0, (requests.lastFailureAt() ?? killedAt) - killedAt)
  console.log(`The last failure was ${normalAfter.toFixed(0)} ms after the kill; ${seenBy(requests)}`)
  const lost = [...counts].filter(([outcome]) => outcome !== '200')
  expect(lost.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(4)
  await setInstances(model.upstream.url)
  await until('the dead instance is gone from the nodes', async () =>
    (await nodes()).every(({ revision, state }) => state !== 'running' || revision === newestRevision),
  )
})

test('switchyard reload replaces every process and loses no request and no stream', async () => {
  const streamCount = 100
  const before = await installation.pids()
  const streams = openStreams(url(), streamCount, headers())
  const requests = steadyRequests()
  await until('every stream began', () => streams.begun() === streamCount)
  const { exitCode, output } = await installation.command('reload')
  expect(output).toMatch(/The gateway node 1 is process \d+ now/)
  expect(output).toMatch(/Reloaded in \d/)
  expect(exitCode).toBe(0)
  const fresh = running(
    await until('the new nodes report', async () => {
      const items = await nodes()
      return running(items).length === 2 && items
    }),
  )
  expect(fresh.some(({ pid }) => before.gateways.includes(pid))).toBe(false)
  expect((await installation.pids()).console).not.toBe(before.console)
  await moreAnswers(requests, 50)
  const draining = (await nodes()).filter(({ state }) => state === 'draining')
  expect(draining.map(({ pid }) => pid).sort()).toEqual([...before.gateways].sort())
  model.finish()
  const outcomes = await streams.outcomes
  expect(outcomes.filter(({ isWhole }) => !isWhole)).toEqual([])
  expect([...(await requests.stop()).keys()]).toEqual(['200'])
  await until('the old processes have ended', async () => (await installation.pids()).gateways.length === 2)
  console.log(`${output.trim().split('\n').at(-1)} ${streamCount} streams whole; ${seenBy(requests)}`)
})

test('two installations run side by side; a third on a taken port ends with a sentence and code 2', async () => {
  const second = await startInstallation()
  try {
    expect((await fetch(`${second.internetUrl}/`)).status).toBe(404)
    expect(await status()).toBe(200)
    const taken = new URL(installation.internetUrl).port
    const [consolePort, vpcPort] = await freePorts(2)
    const third = await runProgram(['up'], {
      ...process.env,
      SWITCHYARD_DATA_DIR: join(second.dataDir, 'third'),
      PORT: String(consolePort),
      SWITCHYARD_GATEWAY_INTERNET_PORT: taken,
      SWITCHYARD_GATEWAY_VPC_PORT: String(vpcPort),
    })
    expect(third.output).toMatch(
      new RegExp(
        `^Port ${taken} is taken by .*\\. Stop that program, or set SWITCHYARD_GATEWAY_INTERNET_PORT to another port\\.\n$`,
      ),
    )
    expect(third.exitCode).toBe(2)
  } finally {
    await second.stop()
  }
  expect(await status()).toBe(200)
})

/** The sample model server as a process of its own, which can be killed. */
async function startModelProcess() {
  const program = join(import.meta.dirname, '../../dist/model-server.mjs')
  const child = spawn(process.execPath, [program, '--port', '0', '--host', '127.0.0.1'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }))
    child.once('exit', () => reject(new Error('The model server ended.')))
  })
  const instance = `http://127.0.0.1:${port}`
  return {
    url: instance,
    async requests() {
      const answer = await fetch(`${instance}/__control`)
      return ((await answer.json()) as { requests: number }).requests
    },
    kill: () => child.kill('SIGKILL'),
  }
}

function seenBy(requests: SteadyRequests): string {
  const counts = [...requests.counts].map(([outcome, count]) => `${count} × ${outcome}`).join(', ')
  return `callers saw ${counts}, the slowest ${requests.slowest().toFixed(0)} ms`
}
