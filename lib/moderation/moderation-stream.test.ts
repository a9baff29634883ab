import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildModerationList } from './build-moderation-list.ts'
import type { ModerationRule } from './moderation-rule.ts'
import { coverByTrying, findByTrying, firstBlocked } from './testing/find-by-trying.ts'
import { pattern, word } from './testing/rules.ts'

const characters = [
  ...['a', 'b', 'c', 'A', 'B', 'ａ', 'Ｂ', 'e', 'é', '\u0301', 'ß', 's', 'ﬁ', 'i'],
  ...['1', '2', '３', '-', ' ', '_', '我', '你', 'か', 'が', 'ｶ', 'ﾞ', '😀', '𝒂'],
  ...['\u200b', '\u200b', '\u00ad', '각', '가', '\n'],
]
/** Words that begin, end and lie within one another, so that matches compete. */
const vocabulary = [
  ...['a', 'ab', 'abc', 'bca', 'cab', 'bcabc', 'aab', 'aaa', 'b', 'Ab', 'ａｂ', 'éa', 'ae', 'ss', 'ßa', 'fi'],
  ...[
    'a b',
    'a1',
    '12',
    '121',
    '你',
    '我你',
    '你我你',
    'か',
    'が',
    'かが',
    'カ',
    'ガ',
    '가',
    '각가',
    '😀',
    '😀a',
    '𝒂',
  ],
]
const manyInvisibles = ['\u200b'.repeat(8), '\u200b'.repeat(9), '\u200b'.repeat(10)]
const fragments = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...vocabulary) },
  { weight: 4, arbitrary: fc.constantFrom(...characters) },
  { weight: 1, arbitrary: fc.constantFrom(...manyInvisibles) },
)
const text = fc.array(fragments, { maxLength: 16 }).map((parts) => parts.join(''))
const isCaseSensitive = fc.boolean()
const action = fc.constantFrom('block' as const, 'mask' as const, 'mask' as const)
const wholeWord = fc.boolean()

const aWord = fc
  .record({
    text: fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 2 }),
    options: fc.record({ action, isCaseSensitive, wholeWord }),
  })
  .map(({ text: parts, options }) => word(parts.join(''), options))

const bounded = ['ab?c', 'a{2,4}', '(?:a|bc)s', '[a-c]{1,3}1', '\\d{2,3}', '[^ab]-', '我.{0,3}你', '😀{2}']
const endless = ['a+', 'ab*', '1\\d{1,}', 'b(?:a|12)+', 'e|e1+']
const aPattern = fc.oneof(
  fc
    .record({ text: fc.constantFrom(...bounded), options: fc.record({ action, isCaseSensitive, wholeWord }) })
    .map(({ text: source, options }) => pattern(source, options)),
  fc
    .record({ text: fc.constantFrom(...endless), options: fc.record({ action, isCaseSensitive }) })
    .map(({ text: source, options }) => pattern(source, options)),
)
const rules = fc.array(fc.oneof(aWord, aPattern), { minLength: 1, maxLength: 5 })
const words = fc.array(aWord, { minLength: 1, maxLength: 5 })

/** Cuts anywhere, within characters too. */
function cut(whole: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((share) => Math.floor(share * whole.length)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => whole.slice(from, places[index] ?? whole.length))
}
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 })

function readInPieces(list: readonly ModerationRule[], pieces: readonly string[]) {
  const stream = buildModerationList(list).openStream()
  const released: string[] = []
  for (const piece of pieces) released.push(stream.push(piece).release)
  const last = stream.end()
  released.push(last.release)
  return { released: released.join(''), blocked: last.blocked }
}

describe('whatever the text and the rules', () => {
  test('finds, masks and blocks exactly what trying every piece of the text finds', () => {
    fc.assert(
      fc.property(rules, text, (list, whole) => {
        const found = findByTrying(list, whole)
        const blocked = firstBlocked(list, found, whole)
        const moderated = buildModerationList(list).moderate(whole)
        expect(moderated.blocked).toEqual(blocked)
        expect(moderated.text).toBe(blocked ? null : coverByTrying(found, whole))
      }),
      { numRuns: 3_000 },
    )
  })

  test('a stream answers what the whole text does, wherever it is cut', () => {
    fc.assert(
      fc.property(rules, text, cuts, (list, whole, shares) => {
        const moderated = buildModerationList(list).moderate(whole)
        const inPieces = readInPieces(list, cut(whole, shares))
        const inUnits = readInPieces(list, whole.split(''))
        expect(inPieces).toEqual(inUnits)
        expect(inPieces.blocked).toEqual(moderated.blocked)
        if (moderated.text !== null) expect(inPieces.released).toBe(moderated.text)
      }),
      { numRuns: 3_000 },
    )
  })

  test('nothing of a blocked match is released, and what goes before it is masked as ever', () => {
    fc.assert(
      fc.property(rules, text, cuts, (list, whole, shares) => {
        const { released, blocked } = readInPieces(list, cut(whole, shares))
        if (blocked === null) return
        const before = coverByTrying(findByTrying(list, whole), whole)
        expect(before.startsWith(released)).toBe(true)
        const charactersBefore = Array.from(whole.slice(0, blocked.start)).length
        expect(Array.from(released).length).toBeLessThanOrEqual(charactersBefore)
      }),
      { numRuns: 3_000 },
    )
  })
})

/** Everything that a word may end with, as it is written and in the characters it counts as. */
function restsOf(wanted: string): string[] {
  const written = wanted.normalize('NFKD')
  const folded = written.toUpperCase().toLowerCase().normalize('NFKD')
  return [written, folded].flatMap((form) => Array.from(form, (_, at) => Array.from(form).slice(at).join('')))
}

describe('what is held back', () => {
  test('is never more than the list says', () => {
    fc.assert(
      fc.property(rules, fc.array(text, { maxLength: 6 }), (list, pieces) => {
        const prepared = buildModerationList(list)
        const stream = prepared.openStream()
        for (const piece of pieces) {
          stream.push(piece)
          expect(stream.heldLength).toBeLessThanOrEqual(prepared.heldMax)
        }
      }),
    )
  })

  test('could become a match from its first character on, or it would not be held', () => {
    fc.assert(
      fc.property(words, text, (list, whole) => {
        const stream = buildModerationList(list).openStream()
        const piece = stream.push(whole)
        if (piece.blocked || stream.heldLength === 0) return
        const start = whole.length - stream.heldLength
        const rests = list.flatMap(({ text: of }) => restsOf(of))
        const goesOn = ['', ...rests].some((rest) =>
          findByTrying(list, `${whole}${rest}`).some((found) => found.start === start),
        )
        expect(goesOn).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is the characters that a match could need, no longer than it could', () => {
    const stream = buildModerationList([word('sekret'), pattern('\\d{4}-\\d{4}')]).openStream()
    const steps = ['see ', 'se', 'k', 'ond ', '12', '34-', '5x', 'sekr', 'et', ' ok'].map((piece) => [
      stream.push(piece).release,
      stream.heldLength,
    ])
    expect(steps).toEqual([
      ['see ', 0],
      ['', 2],
      ['', 3],
      ['sekond ', 0],
      ['', 2],
      ['', 5],
      ['1234-5x', 0],
      ['', 4],
      ['', 6],
      ['****** ok', 0],
    ])
  })

  test('is nothing of a run that a mask covers already', () => {
    const stream = buildModerationList([pattern('key-[a-z]+')]).openStream()
    expect(stream.push('my key-')).toEqual({ release: 'my ', blocked: null })
    const released = Array.from({ length: 10_000 }, () => stream.push('a').release).join('')
    expect(stream.heldLength).toBe(0)
    expect(released).toBe('*'.repeat(10_004))
    expect(stream.push('! on').release).toBe('! on')
  })

  test('is bounded for a text of characters that nobody sees', () => {
    const list = buildModerationList([word('bad')])
    const stream = list.openStream()
    stream.push('b')
    for (let count = 0; count < 1_000; count++) stream.push('\u200b')
    expect(stream.heldLength).toBe(0)
    expect(list.moderate(`b${'\u200b'.repeat(8)}ad`).text).toBe('*'.repeat(11))
    expect(list.moderate(`b${'\u200b'.repeat(9)}ad`).text).toBe(`b${'\u200b'.repeat(9)}ad`)
  })
})

test('of a word and a pattern of whole words that end together the pattern tells first where nobody sees what follows', () => {
  const plain = word('你我你', { action: 'block' })
  const whole = pattern('我.{0,3}你', { action: 'block', wholeWord: true })
  const first = (text: string) => buildModerationList([whole, plain]).moderate(text).blocked?.rule.kind
  expect(['你我你', '你我你.'].map(first)).toEqual(['word', 'word'])
  expect(['你我你\u00ad', '你我你\u00ad.'].map(first)).toEqual(['pattern', 'pattern'])
})

describe('words split across pieces', () => {
  const list = buildModerationList([
    word('forbidden', { action: 'block' }),
    word('机密文件', { action: 'block' }),
    word('😀😀'),
    word('mask me'),
  ])

  test('are blocked, and nothing of them was released', () => {
    const stream = list.openStream()
    const pieces = ['This is for', 'bid', 'den', ' knowledge'].map((piece) => stream.push(piece))
    expect(pieces.map(({ release }) => release)).toEqual(['This is ', '', '', ''])
    expect(pieces[3]?.blocked).toMatchObject({ rule: { text: 'forbidden' }, start: 8, end: 17 })
    expect(stream.push('more')).toEqual({ release: '', blocked: pieces[3]?.blocked })
  })

  test('are blocked in Chinese, where nothing parts words', () => {
    const stream = list.openStream()
    const pieces = ['这是机', '密', '文', '件的内容'].map((piece) => stream.push(piece))
    expect(pieces.map(({ release }) => release)).toEqual(['这是', '', '', ''])
    expect(pieces[3]?.blocked).toMatchObject({ start: 2, end: 6 })
  })

  test('are masked, cut within a character', () => {
    const stream = list.openStream()
    const pieces = ['go \ud83d', '\ude00\ud83d', '\ude00 on'].map((piece) => stream.push(piece).release)
    expect([...pieces, stream.end().release]).toEqual(['go ', '', '** on', ''])
  })

  test('are held at the end of the text until it ends', () => {
    const stream = list.openStream()
    expect(stream.push('please mask m').release).toBe('please ')
    expect(stream.push('e').release).toBe('')
    expect(stream.end()).toEqual({ release: '*******', blocked: null })
    expect(stream.masking).toEqual(new Set([list.rules[3]]))
  })

  test('let half a character go when nothing follows it', () => {
    const stream = list.openStream()
    expect(stream.push('x\ud83d').release).toBe('x')
    expect(stream.end().release).toBe('\ud83d')
  })
})
