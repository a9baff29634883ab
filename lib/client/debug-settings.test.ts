import { expect, test } from 'vitest'
import { chatBody, customValues, defaultSettings, inOtherView, overrides } from './debug-settings.ts'

const messages = [{ role: 'user', content: 'hello!' }] as const

test('asks with the values that the panel starts with', () => {
  expect(chatBody(defaultSettings, 'qwen3-8b', messages, {})).toEqual({
    model: 'qwen3-8b',
    messages: [{ role: 'user', content: 'hello!' }],
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 1024,
    top_p: 0.95,
    temperature: 1,
  })
})

test('puts the system prompt first and custom parameters last', () => {
  const settings = { ...defaultSettings, systemPrompt: 'Be brief.', streaming: false, topP: null }
  const body = chatBody(settings, 'm', messages, { temperature: 0.2, seed: 7 })
  expect(body).toMatchObject({ temperature: 0.2, seed: 7, stream: false })
  expect(body['messages']).toEqual([{ role: 'system', content: 'Be brief.' }, ...messages])
  expect(body).not.toHaveProperty('stream_options')
  expect(body).not.toHaveProperty('top_p')
})

test('reads rows by their types and says which one is wrong', () => {
  const rows = [
    { key: 'seed', type: 'number', value: ' 7 ' },
    { key: 'user', type: 'string', value: '7' },
    { key: 'logprobs', type: 'boolean', value: 'true' },
    { key: 'stop', type: 'json', value: '["\\n"]' },
  ] as const
  const custom = (more: object[] = []) =>
    ({ view: 'rows', rows: [...rows, ...more], json: '' }) as typeof defaultSettings.custom
  expect(customValues(custom()).values).toEqual({ seed: 7, user: '7', logprobs: true, stop: ['\n'] })
  for (const [row, kind] of [
    [{ key: 'x', type: 'number', value: '1,5' }, 'not-number'],
    [{ key: 'x', type: 'number', value: '' }, 'not-number'],
    [{ key: 'x', type: 'boolean', value: 'yes' }, 'not-boolean'],
    [{ key: 'x', type: 'json', value: '{' }, 'not-json'],
    [{ key: ' ', type: 'string', value: '' }, 'no-key'],
    [{ key: 'seed', type: 'string', value: '' }, 'twice'],
  ] as const) {
    expect(customValues(custom([row])).problem).toEqual({ kind, row: 4 })
  }
})

test('writes rows as JSON and back', () => {
  const rows = [
    { key: 'seed', type: 'number', value: '7' },
    { key: 'stop', type: 'json', value: '["a"]' },
  ] as const
  const asJson = inOtherView({ view: 'rows', rows: [...rows], json: '' })
  expect(asJson?.json).toBe('{\n  "seed": 7,\n  "stop": [\n    "a"\n  ]\n}')
  expect(asJson && inOtherView(asJson)?.rows).toEqual(rows)
  expect(inOtherView({ view: 'json', rows: [], json: '[1]' })).toBeNull()
  expect(customValues({ view: 'json', rows: [], json: '[1]' }).problem?.kind).toBe('not-object')
})

test('knows the parameters that have a control of their own', () => {
  expect(['temperature', ' max_tokens', 'seed'].map(overrides)).toEqual([true, true, false])
})
