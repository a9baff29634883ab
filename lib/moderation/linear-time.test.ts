import { expect, test } from 'vitest'
import { buildModerationList } from './build-moderation-list.ts'
import { ModerationScan } from './moderation-scan.ts'
import { pattern, word } from './testing/rules.ts'

/** Transitions of words for one text, read at once or a unit at a time. */
function wordSteps(rules: Parameters<typeof buildModerationList>[0], text: string): number {
  const scan = new ModerationScan(buildModerationList(rules))
  scan.read(text, 0, true)
  scan.finish()
  return scan.steps
}

test('words cost at most a few transitions for each character, whatever repeats', () => {
  const nested = Array.from({ length: 256 }, (_, index) => word(`${'a'.repeat(index)}b`, { wholeWord: true }))
  const rules = [...nested, word('a'.repeat(256)), word('a'.repeat(255), { wholeWord: true })]
  for (const text of ['a'.repeat(50_000), 'ab'.repeat(25_000), `${'a'.repeat(255)}c`.repeat(200)]) {
    expect(wordSteps(rules, text)).toBeLessThanOrEqual(4 * text.length)
  }
})

test('words that end within one another cost one more for each that ends', () => {
  const rules = Array.from({ length: 50 }, (_, index) => word('a'.repeat(index + 1), { wholeWord: true }))
  const steps = [10_000, 20_000].map((length) => wordSteps(rules, `x${'a'.repeat(length)}`))
  expect(steps[1]).toBeLessThanOrEqual(2.1 * (steps[0] ?? 0))
})

test('patterns that make others go back for ever cost a lookup for each character', () => {
  const list = buildModerationList([
    pattern('(?:a|aa|aaa){1,80}b'),
    pattern('(?:a{1,5}){1,20}c'),
    pattern('(?:(?:x{1,10}){1,5}){1,5}y'),
  ])
  const steps = (text: string) => {
    const before = list.patterns?.steps ?? 0
    expect(list.moderate(text).text).toBe(text)
    return (list.patterns?.steps ?? 0) - before
  }
  expect(steps('a'.repeat(1_000))).toBeGreaterThan(0)
  // Every state that such texts lead to has been made by now.
  expect(steps('a'.repeat(100_000))).toBe(0)
})

test('a text that leads to ever new states costs no more for each character as it goes on', () => {
  const list = buildModerationList([pattern('[ab]{1,120}[cd]{1,120}e'), pattern('a.{12}b.{0,40}c')])
  let seed = 7
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return 'abcd'[seed % 4]
  }
  const steps = Array.from({ length: 2 }, () => {
    const before = list.patterns?.steps ?? 0
    list.moderate(Array.from({ length: 20_000 }, next).join(''))
    return (list.patterns?.steps ?? 0) - before
  })
  // Two positions at most follow one, in these patterns of some 300 positions.
  for (const count of steps) expect(count / 20_000).toBeLessThanOrEqual(3 * 300)
  expect(steps[1]).toBeLessThanOrEqual(1.1 * (steps[0] ?? 0))
})
