import fc from 'fast-check'
import { parseDictionary, serializeDictionary } from 'structured-headers'
import { expect, test } from 'vitest'
import { bytesOf, parseDictionary as parse } from './structured-fields.ts'

function textOf(field: string): string | null {
  const members = parse(field)
  if (members === null) return null
  return [...members].map(([name, { text }]) => name + `=${text}`.replace(/^=\?1/, '')).join(', ')
}

test.each([
  [
    'sig1=("@method" "@path");created=1618884473;keyid="a \\"b\\""',
    'sig1=("@method" "@path");created=1618884473;keyid="a \\"b\\""',
  ],
  ['  a=( "x"   "y";sf ) ;b;  c=?0', null],
  ['a=( "x"   "y";sf );b;  c=?0', 'a=("x" "y";sf);b;c=?0'],
  ['a=()', 'a=()'],
  ['a=:cHJl:,\tb=:AA==:', 'a=:cHJl:, b=:AA==:'],
  ['a=1, b=tok/en, a=2', 'a=2, b=tok/en'],
  ['a=-007', 'a=-7'],
  ['a, b;c', null],
  ['', ''],
])('%j', (field, canonical) => {
  if (canonical !== null) expect(textOf(field)).toBe(canonical)
  const read = textOf(field)
  if (read !== null) expect(textOf(read)).toBe(read)
})

test.each([
  'a=',
  'a=(',
  'a=("x""y")',
  'a=("x" "y"',
  'A=1',
  'a=1,',
  'a=1 b=2',
  'a="x',
  'a="ü"',
  'a=:not base64!:',
  'a=1.5',
  'a=1234567890123456',
  'a=@1659578233',
  'a=(("x"))',
  'a;=1',
])('%j is refused', (field) => {
  expect(parse(field)).toBeNull()
})

test('bytes are those of an item alone', () => {
  const members = parse('a=:aGk=:, b="aGk=", c=(:aGk=:)')
  expect(bytesOf(members?.get('a'))?.toString()).toBe('hi')
  for (const name of ['b', 'c', 'd']) expect(bytesOf(members?.get(name))).toBeNull()
})

/** Another reader of the same standard. */
function foreign(field: string): string | null {
  try {
    return serializeDictionary(parseDictionary(field))
  } catch {
    return null
  }
}

test('what is read is read as others read it', () => {
  const piece = fc.constantFrom(
    ...['a', 'b', '=', ';', ',', ' ', '(', ')', '"', '\\', ':', 'AA==', '1', '-', '?1', '*', '\t'],
  )
  const field = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('').trim())
  fc.assert(
    fc.property(field, (text) => {
      const read = textOf(text)
      if (read !== null) expect(read).toBe(foreign(text))
    }),
    { numRuns: 2000 },
  )
})
