import { describe, expect, test } from 'vitest'
import { modelFallback, modelRouting, targetsOfRouting } from './model-routing.ts'

const target = { serviceId: 'svc_1' }
const said = (form: unknown) =>
  modelRouting.safeParse(form).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('a routing', () => {
  test('leaves the model as it is unless told otherwise', () => {
    expect(modelRouting.parse({ mode: 'single', target })).toEqual({
      mode: 'single',
      target: { serviceId: 'svc_1', model: null },
    })
  })

  test.each([
    [[90], 90],
    [[70, 31], 101],
    [[0], 0],
  ])('of weights %j says what they sum to', (weights, total) => {
    const targets = weights.map((weight) => ({ ...target, weight }))
    expect(said({ mode: 'weight', targets })).toEqual([
      `targets: The weights sum to ${total}. They must sum to 100.`,
    ])
  })

  test('of weights takes whole ones that sum to 100', () => {
    const targets = [70, 30, 0].map((weight) => ({ ...target, weight }))
    expect(said({ mode: 'weight', targets })).toEqual([])
    expect(said({ mode: 'weight', targets: [{ ...target, weight: 99.5 }] })).not.toEqual([])
  })

  test('by metrics needs two services', () => {
    expect(said({ mode: 'metrics', targets: [target] })).toEqual(['targets: Choose two services or more.'])
    expect(modelRouting.parse({ mode: 'metrics', targets: [target, target] })).toMatchObject({
      objective: 'least-busy',
      maxShare: 0.8,
      window: 100,
    })
  })

  test('by intent takes what the classifier knows', () => {
    const form = { mode: 'intent', intents: { code: target, legal: target }, default: target }
    expect(said(form)).toHaveLength(1)
    expect(said({ ...form, intents: { code: target, fast: target } })).toEqual([])
    expect(said({ ...form, intents: {} })).toEqual(['intents: Give an intent its service.'])
  })

  test('names all of its services by their places', () => {
    const routing = modelRouting.parse({
      mode: 'intent',
      intents: { code: target },
      default: target,
    })
    expect(targetsOfRouting(routing).map(({ path }) => path)).toEqual(['intents.code', 'default'])
  })
})

test('a fallback that is on needs a service', () => {
  expect(modelFallback.safeParse({ enabled: true }).error?.issues[0]).toMatchObject({ path: ['targets'] })
  expect(modelFallback.parse({})).toEqual({ enabled: false, upstreamErrorsOnly: false, targets: [] })
})
