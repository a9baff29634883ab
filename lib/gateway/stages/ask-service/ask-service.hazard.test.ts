import { afterEach, expect, test } from 'vitest'
import { type Asking, askService } from '@/lib/gateway/stages/ask-service/ask-service.ts'
import { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { type ProviderScript, sendJson, startProvider } from '@/lib/gateway/testing/model-stand.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { systemClock } from '@/lib/platform/clock.ts'

const closers: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(script: ProviderScript) {
  const server = await startProvider(script)
  closers.push(server.close)
  const endpoint = {
    serviceId: 'svc_judge',
    model: null,
    categories: null,
    timeoutMs: 1,
    onFailure: 'pass',
  } as const
  const keys = ['key-one', 'key-two'].map((value, index) => ({ id: `key_${index}`, value }))
  const gateway = await startGateway(
    makeSnapshot({
      upstreamServices: [
        makeProviderService('http://127.0.0.1:9/v1'),
        makeProviderService(`${server.url}/v1`, { keys }, { id: 'svc_judge', name: 'judge' }),
      ],
      modelApis: [
        makeModelApi({ moderation: { request: true, reply: false, rules: [], endpoint, message: null } }),
      ],
    }),
  )
  closers.push(gateway.close)
  const runtime = gateway.engine.runtimes.current
  const asked = runtime?.published('mapi_chat')?.judge?.asked
  if (runtime == null || asked === undefined) throw new Error('The API asks a service.')
  const { overload } = gateway.engine
  const leaving = new AbortController()
  const asking: Asking = {
    ...{ runtime, clock: systemClock, requestId: 'req_1', signal: leaving.signal },
    holding: new HeldBytes(overload),
  }
  const ask = (timeoutMs = 20_000) => askService(asked, { input: 'text' }, timeoutMs, asking)
  return { ask, leave: () => leaving.abort(), server, overload }
}

test('a key that is refused is followed by the next one, as for traffic', async () => {
  const { ask, server, overload } = await start(({ headers }, response) =>
    headers.authorization === 'Bearer key-two'
      ? sendJson(response, { results: [] })
      : sendJson(response, { error: { message: 'no' } }, 401),
  )
  const answer = await ask()
  expect(answer.kind === 'answered' && answer.body.toString()).toBe('{"results":[]}')
  expect(server.calls.map(({ headers }) => headers['x-request-id'])).toContain('req_1')
  await expect.poll(() => overload.heldBytes).toBe(0)
})

test('who is late, or is waited for no more, is cancelled and not blamed', async () => {
  const closed: string[] = []
  const { ask, leave, server } = await start((_call, response) =>
    response.on('close', () => closed.push('closed')),
  )
  for (let round = 0; round < 5; round += 1) expect(await ask(30)).toEqual({ kind: 'late' })
  await expect.poll(() => closed.length).toBe(server.calls.length)
  server.script = (_call, response) => sendJson(response, {})
  expect((await ask()).kind).toBe('answered')
  expect(server.calls.at(-1)?.url).toBe('/v1/moderations')
  server.script = () => leave()
  expect(await ask()).toEqual({ kind: 'left' })
  expect(await ask()).toEqual({ kind: 'left' })
})

test('what it answers is told by its status alone', async () => {
  const { ask } = await start((_call, response) => sendJson(response, { error: { message: 'secret' } }, 400))
  expect(await ask()).toEqual({ kind: 'failed', reason: 'answered 400' })
})
