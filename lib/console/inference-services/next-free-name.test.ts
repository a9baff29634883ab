import { expect, test } from 'vitest'
import { inferenceServiceName } from '@/lib/domain/inference-service.ts'
import { nextFreeName } from './next-free-name.ts'

test('counts on from the name that is taken', () => {
  expect(nextFreeName('qwen', new Set(['qwen']))).toBe('qwen_2')
  expect(nextFreeName('qwen', new Set(['qwen', 'qwen_2', 'qwen_3']))).toBe('qwen_4')
  expect(nextFreeName('qwen_2', new Set(['qwen_2']))).toBe('qwen_3')
})

test('a suggestion for the longest name is still a name', () => {
  const longest = 'a'.repeat(63)
  expect(inferenceServiceName.safeParse(nextFreeName(longest, new Set([longest]))).success).toBe(true)
})
