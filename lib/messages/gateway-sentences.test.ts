import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitRefusal } from '@/lib/gateway/stages/limit/limit-refusal.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'
import { translateSentence } from './sentences.ts'

const gateway = join(import.meta.dirname, '..', 'gateway')
const places = [
  'stages/match/match-operation.ts',
  'stages/match/match-traced.ts',
  'stages/authorize/admit-named.ts',
  'stages/authorize/authorize-consumer.ts',
  'stages/limit/overload-guard.ts',
  ...['model-call', 'moderation', 'relay-operation'].flatMap((stage) =>
    readdirSync(join(gateway, 'stages', stage)).map((name) => `stages/${stage}/${name}`),
  ),
  'runtime/model-api-runtime.ts',
  'runtime/routing/model-name-router.ts',
].filter((path) => !path.endsWith('.test.ts'))

/** Sentences that end with a full stop, as they are written. */
function sentencesIn(path: string): string[] {
  const source = readFileSync(join(gateway, path), 'utf8').replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '')
  return [
    ...source.matchAll(/'((?:[A-Z])[^'\n]* [^'\n]*\.)'|`((?:[A-Z$])(?:[^`\\]|\\.)* (?:[^`\\]|\\.)*\.)`/g),
  ].map(([, plain, filled]) => plain ?? (filled ?? '').replaceAll('\\`', '`').replaceAll(/\$\{[^}]*\}/g, 'x'))
}

test('has Chinese for what the gateway says of calls to Model APIs', () => {
  const said = places.flatMap(sentencesIn)
  expect(said.length).toBeGreaterThan(40)
  expect(said.filter((text) => translateSentence(text, 'zh-CN') === text)).toEqual([])
})

const rule: LimitRuleSnapshot = {
  id: 'r1',
  kind: 'rate',
  by: 'consumer',
  header: null,
  match: null,
  amount: 1_500,
  unit: 'tokens',
  span: 'minute',
}

test.each([
  [rule, 2_400, '此 API 限流为每个消费者每分钟 1,500 个 token，请在 3 秒后重试。'],
  [
    { ...rule, by: 'header', header: 'x-team', amount: 1, unit: 'requests', span: 'second' } as const,
    10,
    '此 API 限流为请求头 x-team 的每个值每秒 1 次请求，请在 1 秒后重试。',
  ],
  [
    { ...rule, kind: 'quota', by: 'api', span: 'utc-month' } as const,
    60_000,
    '此 API 的配额（每月 1,500 个 token）已用完，将于 1970-01-01T00:01:00Z 重置。',
  ],
  [
    { ...rule, kind: 'quota', span: 'total' } as const,
    null,
    '此 API 的配额（每个消费者共 1,500 个 token）已用完，不会重置。',
  ],
])('tells in Chinese which limit was met: %o', (met, renewsInMs, chinese) => {
  const { publicMessage } = limitRefusal(met, renewsInMs, [], 0)
  expect(translateSentence(publicMessage, 'zh-CN')).toBe(chinese)
})

test('tells the rule that blocked, and what the API says of it', () => {
  const told = (text: string) => translateSentence(`${text} (Rule 3 of its moderation.)`, 'zh-CN')
  expect(told('The request holds what this API does not let through.')).toBe(
    '请求含有此 API 不允许的内容。（内容审核规则 3）',
  )
  expect(told('Ask the help desk.')).toBe('Ask the help desk.（内容审核规则 3）')
})
