import { describe, expect, test } from 'vitest'
import { EndpointAnswerError, judge, readModerations } from './endpoint-answer.ts'
import { moderationsBody } from './endpoint-request.ts'

function answer(result: object): string {
  return JSON.stringify({ id: 'modr-1', model: 'omni-moderation-latest', results: [result] })
}

const flagged = {
  flagged: true,
  categories: { violence: true, 'self-harm/intent': false, illicit: null },
  category_scores: { violence: 0.93, 'self-harm/intent': 0.4, illicit: null },
  category_applied_input_types: { violence: ['text'] },
}

function complaintAbout(body: string, count = 1): string {
  try {
    readModerations(body, count)
    return ''
  } catch (error) {
    if (error instanceof EndpointAnswerError) return error.message
    throw error
  }
}

test('the request names the model only where there is one', () => {
  expect(moderationsBody(['say "hi"\n'], { model: null })).toEqual({ input: 'say "hi"\n' })
  expect(moderationsBody(['a', 'b'], { model: 'm' })).toEqual({ model: 'm', input: ['a', 'b'] })
})

describe('what an answer means', () => {
  const [result] = readModerations(answer(flagged), 1)
  const verdict = (categories: Parameters<typeof judge>[1]['categories']) =>
    result && judge(result, { categories })

  test('is what the endpoint flags, when no categories were chosen', () => {
    expect(verdict(null)).toEqual({ isRefused: true, categories: ['violence'] })
    const [fine] = readModerations(answer({ flagged: false, categories: {} }), 1)
    expect(fine && judge(fine, { categories: null })).toEqual({ isRefused: false, categories: [] })
  })

  test('is what it flags in the chosen categories, whatever else it flags', () => {
    expect(verdict([{ name: 'violence', threshold: null }])).toEqual({
      isRefused: true,
      categories: ['violence'],
    })
    expect(verdict([{ name: 'illicit', threshold: null }])).toEqual({ isRefused: false, categories: [] })
    expect(verdict([])).toEqual({ isRefused: false, categories: [] })
  })

  test('is the score where there is a threshold, from it on', () => {
    expect(verdict([{ name: 'violence', threshold: 0.94 }])?.isRefused).toBe(false)
    expect(verdict([{ name: 'violence', threshold: 0.93 }])?.isRefused).toBe(true)
    expect(
      verdict([
        { name: 'self-harm/intent', threshold: 0.4 },
        { name: 'illicit', threshold: 0.1 },
      ]),
    ).toEqual({ isRefused: true, categories: ['self-harm/intent'] })
  })

  test('is unknown for a category that the endpoint does not know, even one named like a member of objects', () => {
    expect(() => verdict([{ name: 'spam', threshold: null }])).toThrow(
      'The answer has no flag for the category "spam". Choose categories that the endpoint knows.',
    )
    expect(() => verdict([{ name: 'constructor', threshold: 0.5 }])).toThrow(EndpointAnswerError)
    const [scoreless] = readModerations(answer({ flagged: true, categories: { hate: true } }), 1)
    expect(() => scoreless && judge(scoreless, { categories: [{ name: 'hate', threshold: 0.5 }] })).toThrow(
      'The answer has no score for the category "hate".',
    )
  })
})

describe('an answer that is not of the form', () => {
  test.each([
    ['<html>', 'The answer is not JSON.'],
    ['[]', 'The answer must be an object.'],
    ['{}', 'The answer has no list "results".'],
    ['{"results":[]}', 'The answer has 0 results for 1 texts.'],
    ['{"results":[null]}', 'results[0] must be an object.'],
    [answer({ ...flagged, flagged: 'yes' }), 'results[0].flagged must be true or false.'],
    [answer({ flagged: false }), 'results[0].categories must be an object.'],
    [answer({ ...flagged, categories: { hate: 1 } }), 'results[0].categories["hate"] must be true or false.'],
    [
      answer({ ...flagged, category_scores: { hate: 2 } }),
      'results[0].category_scores["hate"] must be a number from 0 to 1.',
    ],
    [answer({ ...flagged, category_scores: [] }), 'results[0].category_scores must be an object.'],
  ])('%s is refused: %s', (body, complaint) => {
    expect(complaintAbout(body)).toBe(complaint)
  })

  test('has as many results as texts were asked about', () => {
    expect(complaintAbout(answer(flagged), 2)).toBe('The answer has 1 results for 2 texts.')
    expect(complaintAbout(JSON.stringify({ results: [flagged, flagged] }), 2)).toBe('')
  })
})
