import { expect, test } from 'vitest'
import type { ModelRouting } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { translateSentence } from '@/lib/messages/sentences.ts'
import { routeWarnings } from './route-warnings.ts'

type Health = UpstreamService['health']['state']

/** What warnings are told from. */
function services(health: Health, formats: readonly string[]): ReadonlyMap<string, UpstreamService> {
  const provider = { id: 'openai-compatible', name: { en: 'x', 'zh-CN': 'x' }, monogram: 'x' }
  const one = { id: 'svc_1', name: 'one', provider, formats, health: { state: health } }
  return new Map([['svc_1', one as unknown as UpstreamService]])
}

const target = { serviceId: 'svc_1', model: null }
const single: ModelRouting = { mode: 'single', target }
const chat = 'openai-chat'
const told = (health: Health, formats: readonly string[], useCase = 'text', protocol = 'openai') =>
  routeWarnings({ useCase, protocol, routing: single, services: services(health, formats) })

test('a service that cannot answer now is told where it stands, one that may is not', () => {
  for (const state of ['healthy', 'degraded', 'unknown', 'stale'] as const) {
    expect(told(state, [chat]), state).toEqual([])
  }
  const place = { path: 'routing.target.serviceId', code: 'service_unhealthy' }
  expect(told('failing', [chat])).toEqual([{ ...place, message: 'one does not answer now.' }])
  expect(told('empty', [chat])).toEqual([{ ...place, message: 'one has no endpoint now.' }])
})

test('a provider must answer what the API asks for, in whatever form it is converted to', () => {
  expect(told('healthy', ['bedrock-converse'])).toEqual([])
  expect(told('healthy', ['anthropic-messages'], 'text', 'anthropic')).toEqual([])
  expect(told('healthy', ['gemini-embeddings'])).toEqual([])
  expect(told('healthy', ['gemini-embeddings'], 'embedding')).toEqual([])
  expect(told('healthy', ['openai-embeddings'], 'text', 'anthropic')).toMatchObject([
    { code: 'protocol_unsupported', message: 'one answers no chats. Choose another service.' },
  ])
  expect(told('healthy', [chat], 'embedding')).toMatchObject([
    { code: 'protocol_unsupported', message: 'one answers no embeddings. Choose another service.' },
  ])
  expect(told('healthy', [chat], 'image')).toEqual([])
})

test('a rule below one that takes all of its models is told, in both languages', () => {
  const byName = (patterns: readonly string[]): ModelRouting => ({
    mode: 'model-name',
    rules: patterns.map((pattern) => ({ pattern, target })),
    default: null,
  })
  const of = (...patterns: string[]) =>
    routeWarnings({
      ...{ useCase: 'text', protocol: 'openai' },
      ...{ routing: byName(patterns), services: services('healthy', [chat]) },
    })
  const [warning, ...others] = of('qwen-*', 'gpt-4', 'qwen-max')
  expect(others).toEqual([])
  expect(warning).toEqual({
    path: 'routing.rules.2.pattern',
    code: 'rule_unreachable',
    message: 'qwen-max is never reached: qwen-* above takes all of its models.',
  })
  expect(translateSentence(warning?.message ?? '', 'zh-CN')).toBe(
    'qwen-max 永远不会匹配：上方的 qwen-* 已匹配其所有模型。',
  )
  const long = Array.from({ length: 100 }, () => '*a'.repeat(128))
  expect(of(...long)).toEqual([])
})
