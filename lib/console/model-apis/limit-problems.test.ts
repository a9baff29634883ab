import { expect, test } from 'vitest'
import { modelPlugins } from '@/lib/domain/model-plugins.ts'
import { limitProblems } from './limit-problems.ts'

const rules = [{ amount: 1 }, { amount: 1, by: 'consumer' }, { amount: 1, by: 'model', unit: 'tokens' }]
const codes = (plugins: object, useCase = 'text') =>
  limitProblems({ useCase, plugins: modelPlugins.parse(plugins) }).map(({ path, code }) => `${path}: ${code}`)

test('who calls is known only where consumers are authorized', () => {
  expect(codes({ rateLimits: { enabled: true, rules } })).toEqual([
    'plugins.rateLimits.rules.1.by: no_consumers',
  ])
  expect(codes({ quotas: { enabled: true, rules } })).toEqual(['plugins.quotas.rules.1.by: no_consumers'])
  expect(codes({ authorization: { enabled: true }, quotas: { enabled: true, rules } })).toEqual([])
})

test('tokens are known only of text and embeddings', () => {
  const plugins = { authorization: { enabled: true }, quotas: { enabled: true, rules } }
  expect(codes(plugins, 'embedding')).toEqual([])
  expect(codes(plugins, 'speech')).toEqual(['plugins.quotas.rules.2.unit: no_tokens'])
})

test('rules that are off may be anything', () => {
  expect(codes({ rateLimits: { enabled: false, rules } }, 'video')).toEqual([])
})
