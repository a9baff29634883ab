import { expect, test } from 'vitest'
import { translateSentence } from '@/lib/messages/sentences.ts'
import type { LimitRuleSnapshot } from '@/lib/snapshot/limit-snapshot.ts'
import { limitRefusal } from './limit-refusal.ts'

const rule: LimitRuleSnapshot = {
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
