import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { translateSentence } from './sentences.ts'

const folder = join(import.meta.dirname, '..', 'moderation')

/** What rules are refused with: whole sentences, and beginnings of those that end with a place in the pattern. */
function complaints(): string[] {
  const files = [
    'build-moderation-list.ts',
    ...readdirSync(join(folder, 'patterns')).map((name) => `patterns/${name}`),
  ].filter((name) => !name.endsWith('.test.ts'))
  return files.flatMap((name) => {
    const source = readFileSync(join(folder, name), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '')
    return [...source.matchAll(/['`]([A-Z\\$][^'`\n]* [^'`\n]*)['`]/g)].map(([, text = '']) => {
      const said = text.replaceAll(/\$\{[^}]*\}/g, 'x').replaceAll('\\\\', '\\')
      return said.endsWith('.') ? said : `${said} (character 3 of the pattern).`
    })
  })
}

test('has Chinese for whatever is wrong with a rule', () => {
  const said = complaints()
  expect(said.length).toBeGreaterThan(30)
  const translated = said.map((text) => translateSentence(text, 'zh-CN'))
  expect(said.filter((text, index) => translated[index] === text)).toEqual([])
  expect(translated.filter((text) => /[a-z]{3,} [a-z]+/.test(text))).toEqual([])
})

test('keeps patterns as they are written', () => {
  const said =
    'Write a repetition as {3}, {3,} or {3,5}, and \\{ for the character (character 4 of the pattern).'
  expect(translateSentence(said, 'zh-CN')).toBe(
    '重复请写作 {3,} 或 {3,5}，也可只写一个数；如需该字符请写作 \\{（模式的第 4 个字符）。',
  )
})
