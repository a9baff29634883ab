import { expect, test } from 'vitest'
import { line } from '@/lib/domain/object.ts'
import { translateSentence } from './sentences.ts'

test('keeps what a sentence carries, in order', () => {
  expect(translateSentence('Lower-case letters, digits and -, 2 to 32.', 'zh-CN')).toBe(
    '可用小写字母、数字和 -，2 到 32 个字符。',
  )
  expect(translateSentence('Paste the base, not the path: http://h:8000/team', 'zh-CN')).toBe(
    '请粘贴基础地址，不含路径：http://h:8000/team',
  )
})

test('translates what a schema of ours really says', () => {
  const complaint = line(3).safeParse('four').error?.issues[0]?.message ?? ''
  expect(translateSentence(complaint, 'zh-CN')).toBe('最多 3 个字符。')
})

test('leaves English and unknown sentences as they came', () => {
  expect(translateSentence('Write your name.', 'en')).toBe('Write your name.')
  expect(translateSentence('Brand new sentence.', 'zh-CN')).toBe('Brand new sentence.')
})
