import { expect, test } from 'vitest'
import { createLeastRequests } from '@/lib/gateway/stages/select-upstream/strategies/least-requests/least-requests.ts'
import {
  describeStrategyContract,
  instanceOf,
  pickFor,
  requestFrom,
} from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'

test('of two drawn takes the one with fewer requests in flight for its weight', () => {
  const [idle, busy] = [instanceOf('idle', 1), instanceOf('busy', 4)]
  const strategy = createLeastRequests([idle, busy])
  busy.state.requestsInFlight = 3
  const ids = () => new Set(Array.from({ length: 100 }, () => pickFor(strategy, requestFrom('x'))?.id))
  busy.state.requestsInFlight = 8
  expect(ids()).toEqual(new Set(['idle']))
  idle.state.requestsInFlight = 9
  expect(ids()).toEqual(new Set(['busy']))
})

test('levels a load that stays: with equal weights the counts end within one of each other', () => {
  const pair = [instanceOf('a'), instanceOf('b')]
  const strategy = createLeastRequests(pair)
  for (let index = 0; index < 101; index++) {
    const choice = pickFor(strategy, requestFrom('x'))
    if (choice !== null) choice.state.requestsInFlight += 1
  }
  const [a, b] = pair.map(({ state }) => state.requestsInFlight)
  expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(1)
})

// The load stays, so that the shares show.
describeStrategyContract('least requests', (instances) => createLeastRequests(instances), { isKept: true })
