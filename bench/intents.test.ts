import { join } from 'node:path'
import { expect, test } from 'vitest'
import { longPromptMsP99, promptsOf } from './intents.ts'

const root = join(import.meta.dirname, '..')

test.each(['en', 'zh'])('prompts in %s differ and are as long as asked', (language) => {
  const prompts = promptsOf(root, language, 2_000)
  expect(new Set(prompts).size).toBe(prompts.length)
  expect(prompts.every((prompt) => prompt.length === 2_000)).toBe(true)
})

test('the goal takes the slower language, at 2,000 characters', () => {
  const row = (language: string, characters: number, p99: number) => ({
    language,
    characters,
    netMs: { p50: 0, p99 },
    clockMs: { p50: 0, p99: 1 },
  })
  expect(longPromptMsP99([row('a', 2_000, 0.1), row('b', 2_000, 0.2), row('b', 100, 0.9)])).toBe(0.2)
})
