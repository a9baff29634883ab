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

test('translates what a test of a service finds, line by line', () => {
  const found = 'The provider refused the API key of the service (401).\nIt says: Incorrect API key provided.'
  expect(translateSentence(found, 'zh-CN')).toBe(
    '供应商拒绝了该服务的 API 密钥（401）。\n对方返回：Incorrect API key provided.',
  )
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

test('has Chinese for every sentence of providers', () => {
  const folder = join(root, 'lib/providers')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/\.test\.ts$|^testing\/|manifest\.ts$/.test(name),
  )
  const sentences = files.flatMap((name) => {
    // Documentation speaks to us alone; what a sentence carries is any text.
    const source = readFileSync(join(folder, name), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '')
    return [...source.matchAll(/['`]([A-Z][^'`\n]* [^'`\n]*\.)['`]/g)].map(([, text = '']) =>
      text.replaceAll(/\$\{[^}]*\}/g, 'x'),
    )
  })
  expect(sentences.length).toBeGreaterThan(80)
  expect(sentences.filter((text) => translateSentence(text, 'zh-CN') === text)).toEqual([])
})

test('has Chinese for every reason of an instance', () => {
  const source = readFileSync(join(root, 'lib/gateway/runtime/health/failure-reason.ts'), 'utf8')
  const reasons = [...source.matchAll(/'([A-Z][a-z]+ [^']+)'/g)].map((match) => match[1] ?? '')
  expect(reasons.length).toBeGreaterThan(10)
  expect(reasons.filter((text) => translateSentence(text, 'zh-CN') === text)).toEqual([])
})

test.each([
  'networks',
  'gateways',
  'certificates',
  'domains',
  'services',
  'sources',
  'model-apis',
  'consumers',
])('has Chinese for every refusal of %s', (area) => {
  const folder = join('lib/console', area)
  const files = readdirSync(join(root, folder)).filter((name) => !name.endsWith('.test.ts'))
  const thrown = /RangeError|'internal'|new Error\(/
  const sentences = files.flatMap((name) =>
    readFileSync(join(root, folder, name), 'utf8')
      .split('\n')
      .filter((text) => !thrown.test(text))
      .flatMap((text) => [...text.matchAll(/'([A-Z][^'\n]+ [^'\n]+\.)'/g)].map((match) => match[1] ?? '')),
  )
  expect(sentences.filter((text) => translateSentence(text, 'zh-CN') === text)).toEqual([])
})

test.each([
  ['This has host bits set; write 10.0.0.0/8.', '地址段含有主机位，请写作 10.0.0.0/8。'],
  [
    'Certificate 2 (Test intermediate) expired on 2026-01-01.',
    '第 2 张证书（Test intermediate）已于 2026-01-01 过期。',
  ],
  ['This certificate expired on 2026-01-01.', '此证书已于 2026-01-01 过期。'],
  [
    'This certificate has an RSA key of 1024 bits; at least 2048 are safe.',
    '此证书的 RSA 密钥为 1024 位，至少 2048 位才安全。',
  ],
  [
    'Certificate web expired on 2026-01-01. Replace it first, or choose another one.',
    '证书 web 已于 2026-01-01 过期，请先替换或另选一张。',
  ],
  ['10.0.0.0/16 overlaps vSwitch a (10.0.0.0/8).', '10.0.0.0/16 与交换机 a（10.0.0.0/8）重叠。'],
  [
    'VPC access already uses core. Both must use the same VPC.',
    'VPC 访问已使用 core，两者必须使用同一 VPC。',
  ],
  ['chat is taken. chat-2 is free.', 'chat 已被占用，chat-2 可用。'],
])('says %j in Chinese', (english, chinese) => {
  expect(translateSentence(english, 'zh-CN')).toBe(chinese)
})
