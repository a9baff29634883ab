/** How a UTF-16 code unit is read. Text is never decoded further, so lone surrogates are as good as any other unit. */
export const characterClass = { blank: 0, lineBreak: 1, letter: 2, digit: 3, glyph: 4, symbol: 5 } as const

/** What is counted while reading; the counts become structural features. */
export const scripts = [
  'other',
  'latin',
  'accented',
  'han',
  'kana',
  'hangul',
  'cyrillic',
  'foreign',
  'arithmetic',
  'mathematical',
  'bracket',
  'quote',
] as const

export type Script = (typeof scripts)[number]

type Class = (typeof characterClass)[keyof typeof characterClass]
type Row = readonly [from: number, to: number, as: Class, script: Script]

const { blank, lineBreak, letter, digit, glyph, symbol } = characterClass

/** Later rows win. What no row names is a symbol. */
const rows: readonly Row[] = [
  [0x00, 0x20, blank, 'other'],
  [0x0a, 0x0a, lineBreak, 'other'],
  [0x30, 0x39, digit, 'other'],
  [0x41, 0x5a, letter, 'latin'],
  [0x61, 0x7a, letter, 'latin'],
  [0x5f, 0x5f, letter, 'bracket'],
  [0x7f, 0xa0, blank, 'other'],
  [0xc0, 0x24f, letter, 'accented'],
  [0xd7, 0xd7, symbol, 'mathematical'],
  [0xf7, 0xf7, symbol, 'mathematical'],
  [0xb2, 0xb3, symbol, 'mathematical'],
  [0x300, 0x3ff, letter, 'foreign'],
  [0x400, 0x52f, letter, 'cyrillic'],
  [0x530, 0xdff, letter, 'foreign'],
  [0xe00, 0x109f, glyph, 'foreign'],
  [0x10a0, 0x1fff, letter, 'foreign'],
  [0x2000, 0x200f, blank, 'other'],
  [0x2018, 0x201f, symbol, 'quote'],
  [0x2028, 0x202f, blank, 'other'],
  [0x2070, 0x209f, symbol, 'mathematical'],
  [0x2200, 0x22ff, symbol, 'mathematical'],
  [0x3000, 0x3000, blank, 'other'],
  [0x300a, 0x300f, symbol, 'quote'],
  [0x3040, 0x30ff, glyph, 'kana'],
  [0x3400, 0x4dbf, glyph, 'han'],
  [0x4e00, 0x9fff, glyph, 'han'],
  [0xac00, 0xd7af, glyph, 'hangul'],
  [0xf900, 0xfaff, glyph, 'han'],
  [0xfe00, 0xfe0f, blank, 'other'],
  [0xfeff, 0xfeff, blank, 'other'],
]

const scriptsOfSymbols: readonly (readonly [Script, string])[] = [
  ['arithmetic', '+-*/=^%<>|'],
  ['bracket', '{}[]();&#$\\`'],
  ['quote', '"'],
]

const halfPlane = 0x10000
const surrogates = [0xd800, 0xdfff] as const
const fullWidth = [0xff01, 0xff5e] as const
/** Greek letters of formulas (π, θ, λ) are ordinary in mathematics, so folding stops where no case is left. */
const lastCased = 0x52f

/** Class of a folded code unit. */
export const classOf = new Uint8Array(halfPlane).fill(symbol)
/** Index into `scripts` of a folded code unit. */
export const scriptOf = new Uint8Array(halfPlane)
/** Lower case and half width, one unit for one unit, so that positions in the text stay true. */
export const folded = new Uint16Array(halfPlane)

fillTables()

function fillTables(): void {
  for (const [from, to, as, script] of rows) {
    classOf.fill(as, from, to + 1)
    scriptOf.fill(scripts.indexOf(script), from, to + 1)
  }
  for (const [script, symbols] of scriptsOfSymbols) {
    for (const each of symbols) scriptOf[each.charCodeAt(0)] = scripts.indexOf(script)
  }
  for (let unit = 0; unit < halfPlane; unit++) folded[unit] = unit
  for (let unit = 0; unit <= lastCased; unit++) {
    const lower = String.fromCharCode(unit).toLowerCase()
    if (lower.length === 1) folded[unit] = lower.charCodeAt(0)
  }
  for (let unit = fullWidth[0]; unit <= fullWidth[1]; unit++) folded[unit] = folded[unit - 0xfee0] ?? unit
  // All halves of emoji are one symbol: which emoji it is says nothing about the intent.
  folded.fill(0xfffd, surrogates[0], surrogates[1] + 1)
}
