import { describe, expect, it } from 'vitest'
import { classifyIntent } from './classify-intent.ts'
import { explainIntent } from './explain-intent.ts'

const everything = Number.POSITIVE_INFINITY
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

describe('explainIntent', () => {
  it.each([
    'Translate this letter into French, please',
    'What is the derivative of x^3?',
    '用 Python 写一个快速排序',
    `Summarise:\n${'The mill stands by the river. '.repeat(300)}`,
  ])('gives reasons that sum up to the total, few or all: %s', (text) => {
    const all = explainIntent(text, everything)
    const few = explainIntent(text, 3)
    expect(few.reasons).toHaveLength(3)
    for (const { reasons, rest, total } of [all, few]) {
      expect(sumOf(reasons.map(({ contribution }) => contribution)) + rest).toBeCloseTo(total, 8)
    }
    expect(few.total).toBe(all.total)
  })

  it('answers as classifyIntent does', () => {
    for (const text of ['hi', '证明勾股定理', 'git push is rejected', '']) {
      const { intent, confidence, scores } = explainIntent(text)
      expect({ intent, confidence, scores }).toEqual(classifyIntent(text))
    }
  })

  it('names the words that decided, as they stand in the text', () => {
    const { likeliest, reasons } = explainIntent('Please TRANSLATE this letter', 3)
    expect(likeliest).toBe('translation')
    expect(reasons.map(({ label }) => label)).toContain('translate')
    expect(explainIntent('把这封信翻译成英文').reasons.some(({ label }) => label.includes('翻译'))).toBe(true)
  })

  it('lists the strongest first and names structure in words', () => {
    const { reasons } = explainIntent('```\nlet a = b[0](c);\n```', everything)
    const strengths = reasons.map(({ contribution }) => Math.abs(contribution))
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a))
    expect(reasons.filter(({ kind }) => kind === 'structure').map(({ label }) => label)).toContain(
      'code fence',
    )
  })

  it('keeps labels short, whatever the text is made of', () => {
    const { reasons } = explainIntent(`translate ${'a'.repeat(200_000)} ${' '.repeat(1_000)}`, everything)
    for (const { label } of reasons) expect(label.length).toBeLessThanOrEqual(60)
  })

  it('has no reasons where there is nothing to read', () => {
    expect(explainIntent('🎉')).toMatchObject({
      intent: null,
      likeliest: null,
      reasons: [],
      rest: 0,
      total: 0,
    })
  })
})
