import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coveredBy, modelMatcher } from './model-pattern.ts'

describe('a pattern', () => {
  test.each([
    ['qwen-max', 'qwen-max', true],
    ['qwen-max', 'qwen-max-latest', false],
    ['qwen-*', 'qwen-max', true],
    ['qwen-*', 'qwen-', true],
    ['qwen-*', 'qwen', false],
    ['qwen-*', 'my-qwen-max', false],
    ['*-max', 'qwen-max', true],
    ['*-max', 'qwen-max-2', false],
    ['gpt-?', 'gpt-4', true],
    ['gpt-?', 'gpt-', false],
    ['gpt-?', 'gpt-4o', false],
    ['gpt-?*', 'gpt-4o', true],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['Qwen*', 'qwen', false],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
  ])('%s and %s: %s', (pattern, model, isMatch) => {
    expect(modelMatcher(pattern)(model)).toBe(isMatch)
  })

  test('takes what a regular expression of the same meaning takes', () => {
    const signs = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
    const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 })
    fc.assert(
      fc.property(signs, names, (pattern, model) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        expect(modelMatcher(pattern)(model)).toBe(expression.test(model))
      }),
    )
  })

  test('of many stars ends', () => {
    expect(modelMatcher(`${'*a'.repeat(120)}*b`)('a'.repeat(256))).toBe(false)
  })
})

describe('a rule is never reached', () => {
  test('where one above takes all of its models', () => {
    expect(coveredBy(['qwen-*', 'qwen-max', 'gpt-?', 'gpt-4', 'gpt-*', 'gpt-4o*', '*', 'x'])).toEqual([
      ...[null, 0, null, 2, null, 4, null, 6],
    ])
    expect(coveredBy(['a', 'a'])).toEqual([null, 0])
    expect(coveredBy(['?', '*', '*?'])).toEqual([null, null, 1])
  })

  test('only if no name reaches it', () => {
    const signs = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 6 })
    const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
    fc.assert(
      fc.property(signs, signs, names, (above, below, model) => {
        const isCovered = coveredBy([above, below])[1] === 0
        if (isCovered && modelMatcher(below)(model)) expect(modelMatcher(above)(model)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
