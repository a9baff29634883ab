import { afterEach, expect, test } from 'vitest'
import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import { JobKeeper } from '@/lib/counters/jobs/job-keeper.ts'
import { JobLink } from '@/lib/counters/jobs/testing/job-link.ts'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { startJobServer } from '@/lib/gateway/testing/job-servers.ts'
import { makeAddresses } from '@/lib/gateway/testing/make-discovered.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const files: Partial<ModelApiSnapshot> = { useCase: 'others' }
const comfy: Partial<ModelApiSnapshot> = { useCase: 'image', protocol: 'comfyui' }

/** Two nodes that one process keeps jobs for, and two servers behind a weighted API. */
async function twoNodes(api: Partial<ModelApiSnapshot>, patienceMs?: number) {
  const servers = [await startJobServer('a'), await startJobServer('b')] as const
  const ids = ['svc_a', 'svc_b'] as const
  const upstreamServices = servers.map(({ url }, index) => {
    const id = ids[index] ?? ''
    const service = makeProviderService(`${url}/v1`, {}, { id, name: id })
    if (api.protocol !== 'comfyui') return service
    const address = { host: '127.0.0.1', port: Number(new URL(url).port), weight: 1 }
    return { ...service, upstream: makeAddresses({ type: 'fixed', addresses: [address] }) }
  })
  const targets = ids.map((serviceId) => ({ serviceId, model: null, weight: 50 }))
  const modelApis = [makeModelApi({ routing: { mode: 'weight', targets }, ...api })]
  const snapshot = makeSnapshot({ upstreamServices, modelApis })
  const keeper = new JobKeeper(new JobBook())
  const links = [new JobLink(patienceMs), new JobLink(patienceMs)] as const
  const ports: number[] = []
  for (const link of links) {
    keeper.attach(link.child)
    const gateway = await startGateway(snapshot, systemClock, null, undefined, link.source)
    closers.push(gateway.close)
    ports.push(gateway.port)
  }
  closers.push(...servers.map(({ close }) => close))
  const [one = 0, two = 0] = ports
  return { servers, links, ports: [one, two] as const }
}

const idOf = ({ body }: { body: string }): string => JSON.parse(body).id
const upload = (port: number) => call(port, '/v1/files', { body: 'bytes' })

test('what one node has seen being made, the other one asks about where it was made', async () => {
  const { servers, ports } = await twoNodes(files)
  const [one, two] = ports
  while (servers.some(({ made }) => made.size < 5)) {
    const file = idOf(await upload(one))
    expect((await call(two, `/v1/files/${file}`, { method: 'GET' })).status).toBe(200)
    const batch = await callJson(two, '/v1/batches', { input_file_id: file })
    expect(batch.status).toBe(200)
    expect((await call(one, `/v1/batches/${idOf(batch)}`, { method: 'GET' })).status).toBe(200)
  }
  expect(servers.flatMap(({ strange }) => strange)).toEqual([])
})

test('the end of an answer waits until other nodes find what it has made', async () => {
  const { links, ports } = await twoNodes(files)
  const [one, two] = ports
  links[0].stall()
  const seen: string[] = []
  const uploaded = upload(one).then((answer) => {
    seen.push('answered')
    return answer
  })
  await until(() => links[0].held > 0, 'the node tells what was made')
  // Whatever went out before has arrived when another call is over.
  await call(one, '/v1/models', { method: 'GET' })
  await call(two, '/v1/models', { method: 'GET' })
  seen.push('told')
  links[0].goOn()
  const { body, isBroken, headers } = await uploaded
  expect([seen, isBroken]).toEqual([['told', 'answered'], false])
  expect(headers['x-request-id']).toBeDefined()
  expect((await call(two, `/v1/files/${JSON.parse(body).id}`, { method: 'GET' })).status).toBe(200)
})

test('a caller that leaves meanwhile breaks nothing', async () => {
  const { links, ports, servers } = await twoNodes(files)
  links[0].stall()
  const leaving = new AbortController()
  const url = `http://127.0.0.1:${ports[0]}/v1/files`
  const uploaded = fetch(url, { method: 'POST', body: 'bytes', signal: leaving.signal })
    .then((answer) => answer.text())
    .catch(() => 'left')
  await until(() => links[0].held > 0, 'the node tells what was made')
  leaving.abort()
  expect(await uploaded).toBe('left')
  links[0].goOn()
  const [id = ''] = servers.flatMap(({ made }) => [...made])
  await expect.poll(async () => (await call(ports[1], `/v1/files/${id}`, { method: 'GET' })).status).toBe(200)
})

test('while nobody keeps jobs each node goes by what it has seen, and tells it afterwards', async () => {
  const { links, ports } = await twoNodes(files, 50)
  const [one, two] = ports
  links[0].stall()
  const made: string[] = []
  for (let round = 0; round < 10; round += 1) {
    const answer = await upload(one)
    expect([answer.status, answer.isBroken]).toEqual([200, false])
    made.push(idOf(answer))
  }
  for (const id of made) expect((await call(one, `/v1/files/${id}`, { method: 'GET' })).status).toBe(200)
  links[0].goOn()
  for (const id of made) {
    await expect.poll(async () => (await call(two, `/v1/files/${id}`, { method: 'GET' })).status).toBe(200)
  }
})

test('a client of ComfyUI comes to one server, whichever nodes hear of it first', async () => {
  const { servers, ports } = await twoNodes(comfy)
  const prompts = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      callJson(ports[index % 2 === 0 ? 0 : 1], '/prompt', { prompt: {}, client_id: 'new' }),
    ),
  )
  expect(servers.map(({ made }) => made.size).sort()).toEqual([0, 12])
  for (const [index, { body }] of prompts.entries()) {
    const id: string = JSON.parse(body).prompt_id
    const history = await call(ports[index % 2 === 0 ? 1 : 0], `/history/${id}`, { method: 'GET' })
    expect(JSON.parse(history.body)).toHaveProperty([id])
  }
  expect(servers.flatMap(({ strange }) => strange)).toEqual([])
})
