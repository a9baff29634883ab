import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { GatewayNode } from '@/lib/domain/gateway.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

/** Files, batches and workflows stay with the server that made them, whichever of two nodes is asked. */

const base = '/workspaces/wire'
const strange: string[] = []
const servers = new Map<string, { server: Server; port: number; made: Set<string> }>()
const files: string[] = []
const batches: string[] = []
const prompts: string[] = []
let installation: Installation
let api: ConsoleApi
let count = 0

beforeAll(async () => {
  for (const name of ['a', 'b']) await startServer(name)
  installation = await startInstallation({ env: { SWITCHYARD_GATEWAY_NODES: '2' } })
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const ai = (port: number) => ({
    ...{ provider: 'openai-compatible', apiKeys: ['sk-abcdefghijk'] },
    baseUrl: `http://127.0.0.1:${port}/v1`,
  })
  const fixed = (port: number) => ({ addresses: [`127.0.0.1:${port}`] })
  await publish('files', { useCase: 'others' }, (port) => ({ source: 'ai', ai: ai(port) }))
  await publish('comfy', { useCase: 'image', protocol: 'comfyui' }, (port) => ({
    ...{ source: 'fixed', fixed: fixed(port) },
  }))
})
afterAll(async () => {
  await installation?.stop()
  for (const { server } of servers.values()) {
    server.close()
    server.closeAllConnections()
  }
})

/** Knows what it made, and notes what it is asked about that it has not made. */
async function startServer(name: string): Promise<void> {
  const made = new Set<string>()
  const make = (kind: string) => {
    count += 1
    const id = `${kind}-${name}-${count}`
    made.add(id)
    return id
  }
  const knows = (id: string) => {
    if (!made.has(id)) strange.push(`${name} was asked about ${id}`)
    return made.has(id)
  }
  const answer = async (received: IncomingMessage, response: ServerResponse) => {
    const body = await text(received)
    const [kind = '', id = ''] = (received.url ?? '').replace(/^\/v1/, '').slice(1).split(/[/?]/)
    const say = (value: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    if (kind === 'prompt') say({ prompt_id: make('prompt'), number: 1 })
    else if (kind === 'history') say(knows(id) ? { [id]: { outputs: {} } } : {})
    else if (id !== '') say({ id }, knows(id) ? 200 : 404)
    else if (kind === 'files') say({ id: make('file'), object: 'file' })
    else if (kind === 'batches') {
      const isMine = knows(JSON.parse(body).input_file_id)
      say(isMine ? { id: make('batch'), object: 'batch' } : { error: {} }, isMine ? 200 : 400)
    } else say({ at: name })
  }
  const server = createServer((received, response) => void answer(received, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  servers.set(name, { server, port, made })
}

/** A service of each server, and an API that leads half of the calls to each. */
async function publish(name: string, fields: object, source: (port: number) => object): Promise<void> {
  const targets: object[] = []
  for (const [server, { port }] of servers) {
    const body = { name: `${name}-${server}`, gatewayId: 'shared', ...source(port) }
    const { id } = await api.post<UpstreamService>(`${base}/services`, body)
    targets.push({ serviceId: id, model: null, weight: 50 })
  }
  await api.post(`${base}/model-apis`, {
    ...{ name, gatewayId: 'shared', basePath: `/${name}`, removeBasePath: true, ...fields },
    routing: { mode: 'weight', targets },
  })
}

interface Call {
  readonly body?: object
  /** One of this machine's own. */
  readonly from?: string
}

/** On a connection of its own, so that any node may take it. */
function call(method: string, path: string, { body, from = '127.0.0.1' }: Call = {}) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const port = Number(new URL(installation.internetUrl).port)
    const headers = { 'content-type': 'application/json' }
    const options = { host: '127.0.0.1', port, path, method, headers, agent: false, localAddress: from }
    const sent = request(options, async (answer) => {
      resolve({ status: answer.statusCode ?? 0, text: await text(answer) })
    })
    sent.on('error', reject)
    sent.end(body && JSON.stringify(body))
  })
}

async function made(path: string, field: string, given: Call): Promise<string> {
  const answer = await call('POST', path, given)
  expect(answer.status, answer.text).toBe(200)
  return JSON.parse(answer.text)[field]
}

const untilPublished = () =>
  until(
    'both nodes have both APIs',
    async () => {
      const gateway = `${base}/gateways/shared`
      const { revision } = await api.get<{ revision: number }>(`${gateway}/rollout`)
      const { items } = await api.get<{ items: GatewayNode[] }>(`${gateway}/nodes`)
      const { gateways } = await installation.pids()
      return gateways.every((pid) =>
        items.some((node) => node.pid === pid && node.state === 'running' && node.revision === revision),
      )
    },
    { withinMs: 40_000 },
  )

/** All ids, a few times, in no order that anybody could follow. */
async function askAboutAll(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await Promise.all(
      [...files.map((id) => `files/${id}`), ...batches.map((id) => `batches/${id}`)].map(async (path) => {
        expect((await call('GET', `/files/v1/${path}`)).status, path).toBe(200)
      }),
    )
    await Promise.all(
      prompts.map(async (id, index) => {
        const { text } = await call('GET', `/comfy/history/${id}`, { from: `127.0.0.${20 + (index % 5)}` })
        expect(JSON.parse(text)).toHaveProperty([id])
      }),
    )
  }
  expect(strange).toEqual([])
}

const bothMade = (kind: string) =>
  [...servers.values()].every((server) => [...server.made].filter((id) => id.startsWith(kind)).length >= 3)

test('files and batches are asked about where they were made, workflows too', async () => {
  await untilPublished()
  while (!bothMade('file')) files.push(await made('/files/v1/files', 'id', { body: {} }))
  for (const input_file_id of files) {
    batches.push(await made('/files/v1/batches', 'id', { body: { input_file_id } }))
  }
  for (let caller = 100; !bothMade('prompt') && caller < 200; caller += 1) {
    const given = { body: { prompt: {}, client_id: `client-${caller}` }, from: `127.0.0.${caller}` }
    prompts.push(await made('/comfy/prompt', 'prompt_id', given))
  }
  expect(bothMade('prompt')).toBe(true)
  await askAboutAll()
})

test('a client’s workflows come to one server, whichever node hears of them first', async () => {
  for (const client of ['new-1', 'new-2', 'new-3', 'new-4']) {
    const given = { body: { prompt: {}, client_id: client }, from: `127.0.0.${200 + Number(client.at(-1))}` }
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => made('/comfy/prompt', 'prompt_id', given)))
    expect(new Set(ids.map((id) => id.split('-')[1])).size, ids.join(' ')).toBe(1)
  }
})

test('when both nodes were killed', async () => {
  const { gateways } = await installation.pids()
  expect(gateways).toHaveLength(2)
  for (const pid of gateways) process.kill(pid, 'SIGKILL')
  await until('other nodes run', async () => {
    const now = await installation.pids()
    return now.gateways.length === 2 && !now.gateways.some((pid) => gateways.includes(pid))
  })
  await untilPublished()
  await askAboutAll()
})

test('when everything was killed', async () => {
  const all = [...files, ...batches, ...prompts]
  await until('it is on disk', () => {
    const kept = readFileSync(join(installation.dataDir, 'nodes', 'shared.jobs'), 'utf8')
    return all.every((id) => kept.includes(`"id ${id}"`))
  })
  await installation.restart('SIGKILL')
  await untilPublished()
  await askAboutAll()
})
