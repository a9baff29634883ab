import { describe, expect, test } from 'vitest'
import { buildModerationList } from './build-moderation-list.ts'
import type { ModerationRule } from './moderation-rule.ts'
import { ModerationRulesError } from './moderation-rules-error.ts'
import { pattern, word } from './testing/rules.ts'

function problemsOf(rules: readonly ModerationRule[]) {
  try {
    buildModerationList(rules)
  } catch (error) {
    if (error instanceof ModerationRulesError) return error.problems
    throw error
  }
  return []
}

function complaintAbout(rule: ModerationRule): string | undefined {
  return problemsOf([word('fine'), rule])[0]?.message
}

describe('rules that cannot be used', () => {
  test('are all named, by their place in the list', () => {
    expect(problemsOf([word(''), word('fine'), pattern('('), word(' bad')])).toEqual([
      { index: 0, message: 'Write a word.' },
      { index: 2, message: 'Close the group with ) (character 2 of the pattern).' },
      { index: 3, message: 'Remove the spaces before and after the word.' },
    ])
  })

  test('are those without a text that could be seen, and those that are too long', () => {
    expect(complaintAbout(pattern(' '))).toBe('Write a pattern.')
    expect(complaintAbout(word('\u200b\u00ad'))).toBe(
      'The word has only characters that are not seen, such as zero-width spaces.',
    )
    expect(complaintAbout(word('😀'.repeat(256)))).toBeUndefined()
    expect(complaintAbout(word('x'.repeat(257)))).toBe('At most 256 characters.')
    expect(complaintAbout(pattern('x'.repeat(257)))).toBe('At most 256 characters.')
  })

  test('are too many', () => {
    const words = (count: number) => Array.from({ length: count }, (_, index) => word(`w${index}`))
    const patterns = (count: number) => Array.from({ length: count }, (_, index) => pattern(`p${index}`))
    expect(problemsOf([...words(1_000), ...patterns(50)])).toEqual([])
    expect(problemsOf([...words(1_001), ...patterns(51)])).toEqual([
      { index: null, message: 'At most 1000 words; there are 1001.' },
      { index: null, message: 'At most 50 patterns; there are 51.' },
    ])
  })

  test('are too large together, though each is not', () => {
    const large = (count: number) => Array.from({ length: count }, () => pattern('[a-z]{1,250}'))
    expect(problemsOf(large(16))).toEqual([])
    expect(problemsOf(large(17))).toEqual([
      {
        index: null,
        message: 'The patterns are too large together: ask for fewer repetitions, or for fewer patterns.',
      },
    ])
  })

  test.each([
    ['a*', 'The pattern matches the empty text, so it would match everywhere.'],
    ['.*', 'The pattern matches the empty text, so it would match everywhere.'],
    ['(a|b?){3}', 'The pattern matches the empty text, so it would match everywhere.'],
    ['.+@', /^A repetition without end may stand only at the end of a pattern: write \{1,50\}/],
    ['(a|b)*c', /^A repetition without end may stand only at the end of a pattern/],
    ['(ab)+c', /^A repetition without end may stand only at the end of a pattern/],
    ['a(.+b)+', /^A repetition without end may stand only at the end of a pattern/],
    ['a{200}b{57}', /^The pattern can go on for more than 256 characters before it ends/],
    ['a{257}', 'At most 256 repetitions (character 7 of the pattern).'],
    ['(a{100}){100}', /^The pattern is too large once its repetitions are written out/],
    ['(a?){200}b', /^The pattern is too large/],
    ['a{3,2}', 'A repetition begins with the lower number (character 7 of the pattern).'],
    ['a{', /^Write a repetition as \{3\}/],
    ['a++', /^One repetition follows another/],
    ['+a', 'Nothing stands before + to be repeated (character 1 of the pattern).'],
    ['a|*', 'Nothing stands before * to be repeated (character 3 of the pattern).'],
    ['a)', 'There is no ( for this ); write \\) for the character (character 2 of the pattern).'],
    ['^a', /^\^ has no meaning in texts that flow/],
    ['a$', /^\$ has no meaning in texts that flow/],
    ['\\ba', 'Use the whole-word option instead of \\b (character 2 of the pattern).'],
    ['(a)\\1', /^Patterns cannot refer back/],
    ['(?=a)b', /^Of the groups that begin with \(\? only/],
    ['(?<name>a)', /^Of the groups that begin with \(\? only/],
    ['a\\', /^Write \\\\ for a backslash/],
    ['\\q', /^\\q has no meaning here/],
    ['\\p{Nonsense}', 'The pattern names a set of characters that does not exist: \\p{Nonsense}.'],
    ['\\pL', /^Write a property as/],
    ['\\u12', /^Write a character by its code/],
    ['\\ud83d', /^Write a character by its code/],
    ['[a-', /^Close the class with \]/],
    ['[]', /^Name a character between/],
    ['[-a]b[]x]?', /^Name a character between/],
    ['[z-a]', /^A range begins with the lower character/],
    ['[a-\\d]', /^A range ends with one character/],
    ['a]', /^Write \\\] for the character/],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, /^Groups lie at most 50 deep/],
  ])('are patterns such as %s', (text, complaint) => {
    const message = complaintAbout(pattern(text)) ?? ''
    if (typeof complaint === 'string') expect(message).toBe(complaint)
    else expect(message).toMatch(complaint)
  })

  test('are whole words with a repetition without end: only the next character tells whether they end', () => {
    expect(complaintAbout(pattern('\\d+'))).toBeUndefined()
    expect(complaintAbout(pattern('\\d+', { wholeWord: true }))).toMatch(
      /^With the whole-word option every repetition needs a highest number/,
    )
    expect(complaintAbout(pattern('\\d{1,20}', { wholeWord: true }))).toBeUndefined()
  })
})

describe('patterns', () => {
  const covered = (rule: ModerationRule, text: string) => buildModerationList([rule]).moderate(text).text

  test.each([
    ['1[3-9]\\d{9}', 'call 13812345678 now', 'call *********** now'],
    ['[\\w.]{1,64}@[\\w-]{1,64}(?:\\.\\w{2,10}){1,3}', 'to a.b@x-y.co.uk!', 'to *************!'],
    ['sk-[A-Za-z0-9]{8,}', 'sk-short sk-0123456789abcdef.', 'sk-short *******************.'],
    ['\\p{Script=Han}{2}', 'ab中文c国', 'ab**c国'],
    ['[^\\d\\s]{3}', 'ab1 abc d', 'ab1 *** d'],
    ['\\D\\D', '1a2bc3', '1a2**3'],
    ['[\\u{1F600}-\\u{1F64F}]+', 'a😀😁b', 'a**b'],
    ['\\x41\\u0042\\u{43}', 'xabcx', 'x***x'],
    ['a\\.b\\/\\-\\t', 'a.b/-\t axb', '****** axb'],
    ['(?:foo|ba[rz])?qux', 'qux barqux bqux', '*** ****** b***'],
    ['colou?r|gr[ae]y', 'color colour grey', '***** ****** ****'],
    ['a.c', 'abc a\nc', '*** a\nc'],
    ['x{3}?', 'xxxx', '****'],
    ['[\\]\\-^]{2}', 'a]-^', 'a***'],
  ])('%s', (source, text, expected) => {
    expect(covered(pattern(source), text)).toBe(expected)
  })

  test('match in either width and, unless told otherwise, either case', () => {
    expect(covered(pattern('id\\d{3}'), 'ID１２３ ｉｄ123')).toBe('***** *****')
    expect(covered(pattern('id\\d{3}', { isCaseSensitive: true }), 'ID123 id123')).toBe('ID123 *****')
    expect(covered(pattern('[a-z]{3}', { isCaseSensitive: true }), 'ABC ａｂｃ')).toBe('ABC ***')
    expect(covered(pattern('[^0-9]'), '１x')).toBe('１*')
  })

  test('with the whole-word option neither begin nor end within a word', () => {
    const rule = pattern('\\d{4}', { wholeWord: true })
    expect(covered(rule, '1234 12345 x1234 1234_ 号1234号')).toBe('**** 12345 x1234 1234_ 号****号')
  })
})

describe('words', () => {
  const covered = (rule: ModerationRule, text: string) => buildModerationList([rule]).moderate(text).text

  test('are found in any case, width and composed form', () => {
    expect(covered(word('bad'), 'BAD ｂａＤ bád')).toBe('*** *** bád')
    expect(covered(word('STRASSE'), 'Straße')).toBe('******')
    expect(covered(word('ΣΟΦΟΣ'), 'σοφος σοφοσ')).toBe('***** *****')
    expect(covered(word('café'), 'cafe\u0301 café cafe')).toBe('***** **** cafe')
    expect(covered(word('ガード'), 'ｶﾞｰﾄﾞ')).toBe('*****')
    expect(covered(word('각'), '\u1100\u1161\u11a8')).toBe('***')
  })

  test('are not the beginning of a longer character', () => {
    expect(covered(word('cafe'), 'café cafe\u0301')).toBe('café cafe\u0301')
    expect(covered(word('ハ'), 'バ ﾊﾞ ハ')).toBe('バ ﾊﾞ *')
    expect(covered(word('가'), '각 가')).toBe('각 *')
    expect(covered(word('f'), 'ﬁ f')).toBe('ﬁ *')
  })

  test('are found across characters that nobody sees, at most eight in a row', () => {
    expect(covered(word('bad'), 'b\u200ba\u00add')).toBe('*****')
    expect(covered(word('b\u200bad'), 'bad')).toBe('***')
  })

  test('may ask for their case', () => {
    expect(covered(word('SAP', { isCaseSensitive: true }), 'SAP sap ＳＡＰ')).toBe('*** sap ***')
  })

  test('whole words are parted by what is no letter, digit or mark, and Chinese parts nothing', () => {
    const rule = word('cat', { wholeWord: true })
    expect(covered(rule, 'cat concat cats cat_ cat. 我cat你 (cat)')).toBe(
      '*** concat cats cat_ ***. 我***你 (***)',
    )
    expect(covered(word('坏', { wholeWord: true }), '很坏的')).toBe('很*的')
  })

  test('overlapping matches are covered whole and told as one, by the longest that begins first', () => {
    const list = buildModerationList([word('bcd'), word('ab'), word('abc'), word('xx')])
    expect(list.moderate('-abcd-').text).toBe('-****-')
    expect(list.scan('abcd xxx').masked).toEqual([
      { rule: list.rules[2], start: 0, end: 4 },
      { rule: list.rules[3], start: 5, end: 8 },
    ])
  })

  test('a word that blocks and masks at once blocks', () => {
    const list = buildModerationList([word('secret plan'), word('plan', { action: 'block' })])
    expect(list.moderate('the secret plan')).toMatchObject({ text: null, blocked: { start: 11, end: 15 } })
  })
})
