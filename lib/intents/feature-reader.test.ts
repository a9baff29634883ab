import { describe, expect, it } from 'vitest'
import { FeatureReader } from './feature-reader.ts'
import { structureQuestions } from './structure-features.ts'

const dimension = 2 ** 15

function read(text: string) {
  const reader = new FeatureReader(dimension)
  reader.read(text)
  const places = Array.from({ length: reader.count }, (_, at) => at)
  return {
    reader,
    found: places.map((at) => text.slice(reader.starts[at], reader.ends[at])),
    weights: places.map((at) => reader.weights[at]),
    shape: reader.structure.map((place) => structureQuestions[place]?.[0]),
  }
}

describe('FeatureReader', () => {
  it('finds characters, pairs and triples in Chinese', () => {
    expect(read('写代码').found).toEqual(expect.arrayContaining(['写', '代', '码', '写代', '代码', '写代码']))
  })

  it('finds words, neighbours and groups of letters in English', () => {
    const { found } = read('sort a list')
    expect(found).toEqual(
      expect.arrayContaining(['sort', 'a', 'list', 'sort a', 'a list', 'sort a list', 'lis']),
    )
  })

  it('counts a feature once, however often the text repeats it', () => {
    const once = read('sort it. sort it. sort it.').reader.count
    expect(read('sort it. sort it. sort it. sort it. sort it.').reader.count).toBe(once)
  })

  it('tells numbers apart by their digits, not by their value', () => {
    const indices = (text: string) => {
      const { reader } = read(text)
      return [...reader.indices.slice(0, reader.count)]
    }
    expect(indices('17 + 25')).toEqual(indices('93 + 48'))
    expect(indices('17 + 25')).not.toEqual(indices('17 + 2512'))
  })

  it('finds words at the beginning and the end before those in the middle, with more weight', () => {
    const { found, weights } = read(`alpha ${'filler '.repeat(100)} omega`)
    expect(weights[found.indexOf('alpha')]).toBe(3)
    expect(weights[found.indexOf('omega')]).toBe(3)
    expect(weights.at(-1)).toBe(1)
  })

  it.each([
    ['code fence', '```\nx\n```'],
    ['identifiers', 'getName'],
    ['identifiers', 'snake_case'],
    ['identifiers', 'call(x)'],
    ['signs of mathematics', '∫ x dx'],
    ['ends with a question mark', 'really?  \n'],
    ['ends with a question mark', '真的吗?'],
    ['quotation marks', '翻译“你好”'],
    ['Chinese and Latin words', '帮我看 bug'],
    ['kana', 'これは'],
    ['Hangul', '안녕'],
    ['Cyrillic', 'привет'],
    ['another script', 'नमस्ते दुनिया'],
    ['accented letters', 'déjà'],
    ['lines: over 8', '\n'.repeat(9)],
    ['numbers: over 3', '1 2 3 4'],
  ])('sees %s in %j', (question, text) => {
    expect(read(text).shape).toContain(question)
  })

  it('sees no code in plain words', () => {
    const { shape } = read('The harbour was quiet.')
    expect(shape).not.toContain('identifiers')
    expect(shape).not.toContain('code fence')
  })

  it('answers exactly one bucket of each measure', () => {
    for (const text of ['', 'a', 'x'.repeat(5_000), '1'.repeat(50), '{}[]();'.repeat(100)]) {
      const { shape } = read(text)
      for (const measure of ['length', 'lines', 'numbers', 'share of digits', 'share of brackets']) {
        expect(shape.filter((name) => name?.startsWith(`${measure}:`))).toHaveLength(1)
      }
    }
  })
})
