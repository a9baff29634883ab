import { afterEach, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  type ProviderScript,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const refusing: ProviderScript = (_call, response) =>
  sendJson(response, { error: { message: 'Overloaded.' } }, 503)
const limited: ProviderScript = (_call, response) =>
  sendJson(response, { error: { message: 'Too many requests.' } }, 429)
/** Hangs up without a word. */
const leaving: ProviderScript = (_call, response) => response.destroy()
/** Says that it streams, and then nothing. */
const silent: ProviderScript = (_call, response) => beginStream(response)
/** Roles and empty texts are no tokens. */
const opening: ProviderScript = (_call, response) => {
  beginStream(response)
  response.write(chunkOf({ role: 'assistant', content: '' }))
}
const streaming: ProviderScript = (_call, response) => {
  beginStream(response)
  response.write(chunkOf({ role: 'assistant', content: '' }) + chunkOf({ content: 'Here ' }))
  response.end(`${chunkOf({ content: 'I am.' })}${chunkOf({}, 'stop')}data: [DONE]\n\n`)
}

/** Asks once; tells the answer and the record of it. */
async function timeline(scripts: readonly ProviderScript[], api: Partial<ModelApiSnapshot> = {}) {
  const providers = await Promise.all(scripts.map(startProvider))
  for (const provider of providers) closers.push(provider.close)
  const names = providers.map((_, index) => `service-${'abcdef'[index]}`)
  const [first = '', ...others] = names
  const gateway = await startGateway(
    makeSnapshot({
      upstreamServices: providers.map(({ url }, index) => {
        const name = names[index] ?? ''
        return makeProviderService(`${url}/v1`, {}, { id: name, name })
      }),
      modelApis: [
        makeModelApi({
          monitoring: { recordRequest: false, recordResponse: false },
          routing: { mode: 'single', target: { serviceId: first, model: null } },
          fallback: {
            upstreamErrorsOnly: false,
            targets: others.map((serviceId) => ({ serviceId, model: null })),
          },
          ...api,
        }),
      ],
    }),
  )
  closers.push(gateway.close)
  const answer = await callJson(gateway.port, '/v1/chat/completions', { ...chatBody, stream: true })
  const { records } = gateway.engine.observer
  await until(() => records?.size === 1, 'a record of the call')
  const facts = records?.take({ records: 1, bytes: 1 })[0]?.facts
  if (facts === undefined) throw new Error('There is a record.')
  const told = facts.attempts.map(({ service, status, reason }) => [service, status, reason])
  const asked = providers.map(({ calls }) => calls.length)
  const steps = facts.attempts.map(
    ({ service, status, reason, durationMs }) => `${service} ${reason ?? status} ${durationMs} ms`,
  )
  const note = `${steps.join(' → ')}; first token ${facts.firstTokenMs} ms, whole ${facts.durationMs} ms`
  return { answer, facts, told, asked, note }
}

test('a stream that three services fail before it begins comes whole from the fourth', async ({
  annotate,
}) => {
  const { answer, facts, told, asked, note } = await timeline([refusing, limited, leaving, streaming])
  await annotate(note)
  expect(answer.status).toBe(200)
  expect(answer.body.match(/"content":"[^"]+"/g)).toEqual(['"content":"Here "', '"content":"I am."'])
  expect(told).toEqual([
    ['service-a', 503, 'answered 503'],
    ['service-b', 429, 'answered 429'],
    ['service-c', null, 'upstream_bad_answer'],
    ['service-d', 200, null],
  ])
  expect(asked.filter((count) => count === 0)).toEqual([])
  expect(asked[3]).toBe(1)
  for (const { durationMs } of facts.attempts) expect(durationMs).toBeLessThanOrEqual(facts.durationMs + 1)
})

test('services whose first packet is late are each given their time, and left', async ({ annotate }) => {
  const { answer, facts, told, asked, note } = await timeline([silent, opening, streaming], {
    firstPacketTimeoutMs: 300,
  })
  await annotate(note)
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('Here ')
  expect(told).toEqual([
    ['service-a', null, 'first_packet_timed_out'],
    ['service-b', null, 'first_packet_timed_out'],
    ['service-c', 200, null],
  ])
  expect(asked).toEqual([1, 1, 1])
  // A timer may fire a millisecond early.
  for (const late of facts.attempts.slice(0, 2)) expect(late.durationMs).toBeGreaterThanOrEqual(299)
  expect(facts.firstTokenMs).toBeGreaterThanOrEqual(598)
})

test('a caller learns that the last one was late too, as an error and in words', async ({ annotate }) => {
  const { answer, facts, told, note } = await timeline([refusing, silent], { firstPacketTimeoutMs: 300 })
  await annotate(note)
  expect(answer.status).toBe(504)
  expect(JSON.parse(answer.body).error).toMatchObject({ code: 'first_packet_timed_out' })
  expect(told).toEqual([
    ['service-a', 503, 'answered 503'],
    ['service-b', null, 'first_packet_timed_out'],
  ])
  expect(facts).toMatchObject({ status: 504, firstTokenMs: null })
})
