import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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

test('tells the rule that blocked, and what the API says of it', () => {
  const told = (text: string) => translateSentence(`${text} (Rule 3 of its moderation.)`, 'zh-CN')
  expect(told('The request holds what this API does not let through.')).toBe(
    '请求含有此 API 不允许的内容。（内容审核规则 3）',
  )
  expect(told('Ask the help desk.')).toBe('Ask the help desk.（内容审核规则 3）')
})
