import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('translates a sentence within a sentence, in the order of Chinese', () => {
  const ejected = '5 of the last 10 answers failed: connection refused'
  expect(translateSentence(ejected, 'zh-CN')).toBe('最近 10 次应答中有 5 次失败：连接被拒绝')
  expect(translateSentence(`${ejected}; serves all the same, because too few others are fit`, 'zh-CN')).toBe(
    '最近 10 次应答中有 5 次失败：连接被拒绝；其他正常实例过少，仍接收请求',
  )
  expect(translateSentence('The probe failed: answered 503', 'zh-CN')).toBe('试探失败：返回状态码 503')
  const cause = `http://10.0.0.5:8000 is ejected after failures in traffic: ${ejected}`
  expect(translateSentence(cause, 'zh-CN')).toBe(
    'http://10.0.0.5:8000 因流量中的失败被摘除：最近 10 次应答中有 5 次失败：连接被拒绝',
  )
})

const root = join(import.meta.dirname, '..', '..')

/** Literal sentences; those that carry a value at run time are tested above. */
function sentencesIn(path: string): string[] {
  const source = readFileSync(join(root, path), 'utf8')
  return [...source.matchAll(/'([A-Z][^'\n]+\.)'/g)].map((match) => match[1] ?? '')
}

test('has Chinese for every sentence of the schemas', () => {
  const files = readdirSync(join(root, 'lib/domain')).filter((name) => !name.endsWith('.test.ts'))
  const sentences = files.flatMap((name) => sentencesIn(join('lib/domain', name)))
  expect(sentences.length).toBeGreaterThan(40)
  expect(sentences.filter((text) => translateSentence(text, 'zh-CN') === text)).toEqual([])
})

test('has Chinese for every reason of an instance', () => {
  const source = readFileSync(join(root, 'lib/gateway/runtime/health/failure-reason.ts'), 'utf8')
  const reasons = [...source.matchAll(/'([A-Z][a-z]+ [^']+)'/g)].map((match) => match[1] ?? '')
  expect(reasons.length).toBeGreaterThan(10)
  expect(reasons.filter((text) => translateSentence(text, 'zh-CN') === text)).toEqual([])
})
