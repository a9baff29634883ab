import { expect, test } from 'vitest'
import { modelApiUseCases } from '@/lib/domain/model-api-routes.ts'
import { noModeration } from '@/lib/domain/moderation.ts'
import { moderationProblems } from './moderation-problems.ts'

test('moderation is for use cases whose texts gateways know', () => {
  const moderation = { ...noModeration, enabled: true }
  const moderated = modelApiUseCases.filter(
    (useCase) => moderationProblems({ useCase, plugins: { moderation } }).length === 0,
  )
  expect(moderated).toEqual(['text', 'embedding'])
  expect(moderationProblems({ useCase: 'video', plugins: { moderation: noModeration } })).toEqual([])
})
