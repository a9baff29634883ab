import { expect, test } from 'vitest'
import type { DebugEvent } from '@/lib/domain/debug.ts'
import { failureOf, noRun, runAfter, textOf, tokensPerSecond } from './debug-run.ts'

const request = { method: 'POST', url: 'http://gateway/v1/chat/completions', headers: [], body: null }
const noUsage = { input: null, output: null, cached: null, reasoning: null }

function head(contentType: string, status = 200): DebugEvent {
  return { type: 'head', atMs: 5, status, headers: [['Content-Type', contentType]] }
}

function frame(content: string, atMs = 10): DebugEvent {
  return { type: 'frame', atMs, bytes: content.length, encoding: 'text', content }
}

function delta(part: object, atMs = 10): DebugEvent {
  return frame(`data: ${JSON.stringify({ choices: [{ delta: part }] })}\n\n`, atMs)
}

function end(parts: Partial<Extract<DebugEvent, { type: 'end' }>> = {}): DebugEvent {
  return {
    type: 'end',
    atMs: 1010,
    status: 200,
    errorSource: null,
    errorCode: null,
    firstTokenMs: 10,
    usage: noUsage,
    answeredBy: 'near',
    finishReason: 'stop',
    isBroken: false,
    dropped: [],
    ...parts,
  }
}

function attempt(index: number, name: string): DebugEvent {
  const service = { id: `svc_${name}`, name }
  return { type: 'attempt', atMs: 1, index, service, model: 'm', request, isConverted: false, dropped: [] }
}

test('puts text, reasoning and calls of tools together from a stream, and marks its frames', () => {
  const run = runAfter(noRun, [
    head('text/event-stream; charset=utf-8'),
    delta({ reasoning_content: 'Hm.' }, 8),
    delta({ content: 'Hel' }, 12),
    delta({ content: 'lo' }),
    delta({ tool_calls: [{ index: 0, function: { name: 'weather', arguments: '{"city"' } }] }),
    delta({ tool_calls: [{ index: 0, function: { arguments: ':"Oslo"}' } }] }),
    frame('data: {"choices":[],"usage":{"total_tokens":3}}\n\n'),
    frame('data: [DONE]\n\n'),
    end({ firstTokenMs: null }),
  ])
  expect(run.content).toEqual({
    text: 'Hello',
    reasoning: 'Hm.',
    toolCalls: [{ name: 'weather', arguments: '{"city":"Oslo"}' }],
    error: null,
  })
  expect(run.frames.map(({ kind }) => kind)).toEqual([
    'content',
    'content',
    'content',
    'content',
    'content',
    'usage',
    'done',
  ])
  expect(run.firstTokenMs).toBe(8)
  expect(failureOf(run)).toBeNull()
})

test('comes to the same in one batch and event by event', () => {
  const events = [head('text/event-stream'), delta({ content: 'a' }), delta({ content: 'b' }), end()]
  const whole = runAfter(noRun, events)
  expect(events.reduce((run, event) => runAfter(run, [event]), noRun)).toEqual(whole)
})

test('keeps what was said before an error within a stream, and tells the error', () => {
  const run = runAfter(noRun, [
    head('text/event-stream'),
    delta({ content: 'Half an ans' }),
    frame('data: {"error":{"message":"The service broke off."}}\n\n'),
    end({ status: 502, errorSource: 'upstream', errorCode: 'upstream_bad_answer', isBroken: true }),
  ])
  expect(run.content.text).toBe('Half an ans')
  expect(run.frames.at(-1)?.kind).toBe('error')
  expect(failureOf(run)).toMatchObject({ status: 502, message: 'The service broke off.', isBroken: true })
})

test('reads a whole answer once it has ended, even cut within a character', () => {
  const bytes = Buffer.from(JSON.stringify({ choices: [{ message: { content: '你好' } }] }))
  const cut = bytes.indexOf(0xe4) + 1
  const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)].map(
    (piece): DebugEvent => ({
      type: 'frame',
      atMs: 9,
      bytes: piece.length,
      encoding: 'base64',
      content: piece.toString('base64'),
    }),
  )
  const run = runAfter(noRun, [head('application/json'), ...pieces, end()])
  expect(run.content.text).toBe('你好')
  expect(textOf(run.frames)).toBe(bytes.toString())
})

test('tells the attempts of a fallback, and how fast tokens came', () => {
  const run = runAfter(noRun, [
    { type: 'sent', requestId: 'req_1', request },
    attempt(0, 'deepseek'),
    {
      type: 'attempt-ended',
      atMs: 340,
      index: 0,
      status: 502,
      reason: 'upstream_bad_answer',
      message: 'HTML',
    },
    attempt(1, 'near'),
    { type: 'attempt-ended', atMs: 900, index: 1, status: 200, reason: null, message: null },
    end({ usage: { ...noUsage, output: 50 } }),
  ])
  expect(run.requestId).toBe('req_1')
  expect(run.attempts.map(({ service, ended }) => [service.name, ended?.status])).toEqual([
    ['deepseek', 502],
    ['near', 200],
  ])
  expect(tokensPerSecond(run)).toBe(50)
})

test('says the time to wait of a refusal', () => {
  const refused: DebugEvent = {
    type: 'head',
    atMs: 2,
    status: 429,
    headers: [
      ['content-type', 'application/json'],
      ['Retry-After', '12'],
    ],
  }
  const body = frame('{"error":{"message":"Too many requests."}}')
  const run = runAfter(noRun, [refused, body, end({ status: 429, errorSource: 'gateway' })])
  expect(failureOf(run)).toMatchObject({ status: 429, message: 'Too many requests.', retryAfter: '12' })
})
