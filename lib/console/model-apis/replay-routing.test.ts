import { describe, expect, test } from 'vitest'
import { type ModelRouting, modelRouting } from '@/lib/domain/model-routing.ts'
import { type RoutedRequest, replayRouting } from './replay-routing.ts'

const to = (serviceId: string, model: string | null = null) => ({ serviceId, model })
const routing = (input: object): ModelRouting => modelRouting.parse(input)
const single = (serviceId: string) => routing({ mode: 'single', target: to(serviceId) })
const weights = (one: number, two: number) =>
  routing({
    mode: 'weight',
    targets: [
      { ...to('svc_1'), weight: one },
      { ...to('svc_2'), weight: two },
    ],
  })

let last = 0
function request(change: Partial<RoutedRequest> = {}): RoutedRequest {
  last += 1
  const id = `rec_${String(last).padStart(6, '0')}`
  const place = { serviceId: 'svc_1', model: 'qwen-max' }
  return { id, model: 'qwen-max', intent: null, reason: { mode: 'single' }, place, ...change }
}
const many = (count: number, change: Partial<RoutedRequest> = {}) =>
  Array.from({ length: count }, () => request(change))

/** `svc_1 qwen-max > svc_2 qwen-max`, by how many. */
function movesOf(replay: ReturnType<typeof replayRouting>): Record<string, number> {
  const name = (place: { serviceId: string; model: string | null } | null) =>
    place === null ? 'refused' : `${place.serviceId} ${place.model}`
  return Object.fromEntries(
    replay.moves.map(({ from, to: where, requests }) => [`${name(from)} > ${name(where)}`, requests]),
  )
}

describe('With another routing', () => {
  test('that does the same nothing moves', () => {
    const replay = replayRouting(many(10), single('svc_1'), single('svc_1'))
    expect(replay).toMatchObject({ known: 10, unknown: 0, moves: [], isEstimate: false })
    expect(replay.after).toEqual([{ place: { serviceId: 'svc_1', model: 'qwen-max' }, requests: 10 }])
  })

  test('of one service all move, and the newest are told as examples', () => {
    const requests = many(5).reverse()
    const replay = replayRouting(requests, single('svc_1'), single('svc_2'))
    expect(movesOf(replay)).toEqual({ 'svc_1 qwen-max > svc_2 qwen-max': 5 })
    expect(replay.moves[0]?.examples).toEqual(requests.slice(0, 3).map(({ id }) => id))
  })

  test('by model name those that a rule takes move, and those that none takes are refused', () => {
    const draft = routing({
      mode: 'model-name',
      rules: [
        { pattern: 'qwen-*', target: to('svc_1') },
        { pattern: 'gpt-*', target: to('svc_2', 'rewritten') },
      ],
    })
    const requests = [
      ...many(3),
      ...many(2, { model: 'gpt-4', place: to('svc_1', 'gpt-4') }),
      ...many(1, { model: 'llama', place: to('svc_1', 'llama') }),
    ]
    expect(movesOf(replayRouting(requests, single('svc_1'), draft))).toEqual({
      'svc_1 gpt-4 > svc_2 rewritten': 2,
      'svc_1 llama > refused': 1,
    })
  })

  test('what is refused may be routed', () => {
    const requests = many(2, { place: null, reason: null })
    const present = routing({ mode: 'model-name', rules: [{ pattern: 'gpt-*', target: to('svc_1') }] })
    expect(movesOf(replayRouting(requests, present, single('svc_2')))).toEqual({
      'refused > svc_2 qwen-max': 2,
    })
  })

  test('by proportion the expected share moves', () => {
    expect(movesOf(replayRouting(many(100), single('svc_1'), weights(70, 30)))).toEqual({
      'svc_1 qwen-max > svc_2 qwen-max': expect.closeTo(30),
    })
  })

  test('of the same proportions nothing moves, whichever service got how many', () => {
    const reason = { mode: 'weight', position: 0, weight: 70 } as const
    const requests = [...many(7, { reason }), ...many(1, { reason, place: to('svc_2', 'qwen-max') })]
    expect(replayRouting(requests, weights(70, 30), weights(70, 30)).moves).toEqual([])
    expect(movesOf(replayRouting(requests, weights(70, 30), weights(20, 80)))).toEqual({
      'svc_1 qwen-max > svc_2 qwen-max': expect.closeTo(4),
    })
  })

  test('by metrics equal shares are an estimate, unless it is what there is already', () => {
    const metrics = routing({ mode: 'metrics', targets: [to('svc_1'), to('svc_2')] })
    const estimate = replayRouting(many(10), single('svc_1'), metrics)
    expect(estimate.isEstimate).toBe(true)
    expect(movesOf(estimate)).toEqual({ 'svc_1 qwen-max > svc_2 qwen-max': expect.closeTo(5) })
    expect(replayRouting(many(10), metrics, metrics)).toMatchObject({ moves: [], isEstimate: false })
  })

  test('an intent without a target goes to the default, whatever it is called', () => {
    const draft = routing({ mode: 'intent', intents: { code: to('svc_2') }, default: to('svc_3') })
    const replay = replayRouting(many(2, { intent: 'constructor' }), single('svc_1'), draft)
    expect(movesOf(replay)).toEqual({ 'svc_1 qwen-max > svc_3 qwen-max': 2 })
  })

  test('by intent those move whose intent is known', () => {
    const draft = routing({
      mode: 'intent',
      intents: { code: to('svc_2', 'coder') },
      default: to('svc_1'),
    })
    const requests = [
      ...many(3, { intent: 'code' }),
      ...many(2, { intent: 'math' }),
      ...many(1, { intent: '' }),
      ...many(4),
    ]
    const replay = replayRouting(requests, single('svc_1'), draft)
    expect(replay).toMatchObject({ known: 6, unknown: 4 })
    expect(movesOf(replay)).toEqual({ 'svc_1 qwen-max > svc_2 coder': 3 })
  })

  test('what another classifier has said is not known', () => {
    const draft = routing({ mode: 'intent', intents: { code: to('svc_2') }, default: to('svc_1') })
    const said = { mode: 'intent', classifier: 'model', confidence: null, isDefault: false } as const
    const requests = many(2, { intent: 'code', reason: { ...said, intent: 'code', problem: null } })
    expect(replayRouting(requests, draft, draft)).toMatchObject({ known: 0, unknown: 2, moves: [] })
  })

  test('what went elsewhere before an earlier change is judged by where it goes now', () => {
    const requests = many(3, { place: to('svc_9', 'qwen-max') })
    expect(replayRouting(requests, single('svc_1'), single('svc_1')).moves).toEqual([])
    const metrics = routing({ mode: 'metrics', targets: [to('svc_1'), to('svc_9')] })
    expect(movesOf(replayRouting(requests, metrics, single('svc_1')))).toEqual({
      'svc_9 qwen-max > svc_1 qwen-max': 3,
    })
  })

  test('what asks about a job stays where the job is', () => {
    const requests = many(3, { reason: { mode: 'affinity' } })
    expect(replayRouting(requests, single('svc_1'), single('svc_2')).moves).toEqual([])
  })
})
