import { expect, test } from 'vitest'
import type { DebugEvent } from '@/lib/domain/debug.ts'
import { type DebugCall, DebugCaller } from './debug-caller.ts'

const input = { path: '/v1/chat/completions' }

const head: DebugEvent = {
  type: 'head',
  atMs: 1,
  status: 200,
  headers: [['content-type', 'text/event-stream']],
}

function said(text: string): DebugEvent {
  const content = `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`
  return { type: 'frame', atMs: 2, bytes: content.length, encoding: 'text', content }
}

test('keeps what has come when it is stopped, at once, and settles once', async () => {
  const settled: DebugCall[] = []
  let proceed = () => {}
  const reached = new Promise<void>((resolve) => {
    proceed = resolve
  })
  const caller = new DebugCaller(async function* (_, signal) {
    yield [head, said('Half')]
    proceed()
    await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  const started = caller.start(input, (call) => settled.push(call))
  await reached
  caller.stop()
  expect(caller.current()).toMatchObject({ state: 'stopped', run: { content: { text: 'Half' } } })
  await started
  expect(settled.map(({ state }) => state)).toEqual(['stopped'])
})

test('shows nothing of a stopped call in the one after it', async () => {
  const caller = new DebugCaller(async function* ({ path }) {
    yield [head, said(path)]
  })
  const first = caller.start({ path: '/first' })
  await caller.start({ path: '/second' })
  await first
  expect(caller.current()).toMatchObject({ run: { content: { text: '/second' } } })
})

test('tells why the console did not call', async () => {
  const refusal = new Error('forbidden')
  const caller = new DebugCaller(async function* () {
    yield []
    throw refusal
  })
  await caller.start(input)
  expect(caller.current()).toMatchObject({ state: 'failed', error: refusal })
})
