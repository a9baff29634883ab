import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildModerationList } from '@/lib/moderation/build-moderation-list.ts'
import { ModerationRulesError } from '@/lib/moderation/moderation-rules-error.ts'
import { coverByTrying, findByTrying } from '@/lib/moderation/testing/find-by-trying.ts'
import { pattern } from '@/lib/moderation/testing/rules.ts'

const { source } = fc.letrec<{ source: string }>((tie) => ({
  source: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '-'),
    fc.tuple(tie('source'), tie('source')).map(([one, other]) => one + other),
    fc.tuple(tie('source'), tie('source')).map(([one, other]) => `(?:${one}|${other})`),
    fc
      .tuple(tie('source'), fc.constantFrom('?', '*', '+', '{2}', '{1,3}', '{0,2}', '{2,}', '{0}'))
      .map(([part, range]) => `(?:${part})${range}`),
  ),
}))

function build(sources: readonly string[], wholeWord: boolean) {
  const usable = sources.flatMap((text) => {
    const rule = pattern(text, { wholeWord })
    try {
      buildModerationList([rule])
      return [rule]
    } catch (error) {
      if (error instanceof ModerationRulesError) return []
      throw error
    }
  })
  return { rules: usable, list: buildModerationList(usable) }
}

test('any patterns that are accepted match what they match in JavaScript, at once and in pieces', () => {
  let used = 0
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '-', '\n'), { maxLength: 14 })
  fc.assert(
    fc.property(fc.array(source, { maxLength: 3 }), fc.boolean(), text, (sources, wholeWord, characters) => {
      const { rules, list } = build(sources, wholeWord)
      used += rules.length
      const whole = characters.join('')
      const expected = coverByTrying(findByTrying(rules, whole), whole)
      expect(list.moderate(whole).text).toBe(expected)
      const stream = list.openStream()
      expect(characters.map((piece) => stream.push(piece).release).join('') + stream.end().release).toBe(
        expected,
      )
    }),
    { numRuns: 2_000 },
  )
  expect(used).toBeGreaterThan(1_000)
})

test('forgets its states when there are too many, and nothing of the texts at hand', () => {
  const list = buildModerationList([pattern('a.{12}b')])
  // Each of the last 13 characters is an a or not, which makes 8,192 states; 2,048 are kept.
  let seed = 11
  const text = Array.from({ length: 60_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return 'axb'[seed % 3]
  }).join('')
  const covered = new Set<number>()
  for (let at = 0; at + 13 < text.length; at++)
    if (text[at] === 'a' && text[at + 13] === 'b') for (let of = 0; of < 14; of++) covered.add(at + of)
  const expected = Array.from(text, (character, at) => (covered.has(at) ? '*' : character)).join('')
  const kept = list.patterns?.next(list.patterns.root, 97, false)
  expect(kept?.next).not.toBeNull()
  const before = list.openStream()
  let released = before.push(text.slice(0, 30_000)).release
  expect(list.moderate(text).text).toBe(expected)
  expect(kept?.next).toBeNull()
  released += before.push(text.slice(30_000)).release
  expect(released + before.end().release).toBe(expected)
})
