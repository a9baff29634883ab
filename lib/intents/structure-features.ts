import { type Script, scripts } from './character-table.ts'

/** What a text looks like, counted while it is read. */
export interface TextShape {
  /** Of the whole text, also of what is not read. */
  length: number
  lines: number
  numbers: number
  words: number
  digits: number
  identifiers: number
  fences: number
  endsWithQuestionMark: boolean
  /** One for each of `scripts`. */
  readonly scripts: Uint32Array
}

const share = (part: number, shape: TextShape) => part / Math.max(1, Math.min(shape.length, 2_000))
const count = (shape: TextShape, script: Script) => shape.scripts[scripts.indexOf(script)] ?? 0
/** A Chinese character says about as much as two or three letters. */
const size = (shape: TextShape) => shape.length + 1.5 * Math.min(shape.length, count(shape, 'han'))

type Question = readonly [name: string, holds: (shape: TextShape) => boolean]

function buckets(name: string, measure: (shape: TextShape) => number, bounds: readonly number[]): Question[] {
  return [...bounds, Number.POSITIVE_INFINITY].map((bound, place) => {
    const above = bounds[place - 1] ?? Number.NEGATIVE_INFINITY
    const holds = (shape: TextShape) => measure(shape) <= bound && measure(shape) > above
    const label = bound === Number.POSITIVE_INFINITY ? `over ${above}` : `up to ${bound}`
    return [`${name}: ${label}`, holds]
  })
}

/** One column of weights each; the order is the model's, so a change asks for training anew. */
export const structureQuestions: readonly Question[] = [
  ...buckets('length', size, [6, 14, 30, 60, 120, 300, 900]),
  ...buckets('lines', (shape) => shape.lines, [1, 3, 8]),
  ...buckets('numbers', (shape) => shape.numbers, [0, 1, 3]),
  ...buckets('share of digits', (shape) => share(shape.digits, shape), [0, 0.05, 0.2]),
  ...buckets('share of brackets', (shape) => share(count(shape, 'bracket'), shape), [0, 0.03, 0.08]),
  ...buckets('share of operators', (shape) => share(count(shape, 'arithmetic'), shape), [0, 0.03, 0.1]),
  ['code fence', (shape) => shape.fences > 0],
  ['identifiers', (shape) => shape.identifiers > 0],
  ['many identifiers', (shape) => shape.identifiers > 3],
  ['signs of mathematics', (shape) => count(shape, 'mathematical') > 0],
  ['many signs of mathematics', (shape) => count(shape, 'mathematical') > 2],
  ['ends with a question mark', (shape) => shape.endsWithQuestionMark],
  ['quotation marks', (shape) => count(shape, 'quote') > 0],
  ['Chinese', (shape) => count(shape, 'han') > 0],
  ['Chinese and Latin words', (shape) => count(shape, 'han') > 0 && shape.words > 0],
  ['Chinese and many Latin words', (shape) => count(shape, 'han') > 0 && shape.words > 3],
  ['mostly Latin, some Chinese', (shape) => isSome(count(shape, 'han'), count(shape, 'latin'))],
  ['kana', (shape) => count(shape, 'kana') > 0],
  ['Hangul', (shape) => count(shape, 'hangul') > 0],
  ['Cyrillic', (shape) => count(shape, 'cyrillic') > 1],
  ['another script', (shape) => count(shape, 'foreign') > 3],
  ['accented letters', (shape) => count(shape, 'accented') > 0],
]

function isSome(part: number, whole: number): boolean {
  return part > 0 && part < whole / 2
}
