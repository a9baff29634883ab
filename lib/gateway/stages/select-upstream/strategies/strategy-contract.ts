import { describe, expect, test } from 'vitest'
import { type Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

export function instanceOf(id: string, weight = 1, overrides: Partial<Instance> = {}): Instance {
  return {
    id,
    weight,
    basePath: '',
    pool: null as unknown as Instance['pool'],
    requestsMax: { now: Number.POSITIVE_INFINITY },
    slowStartMs: 0,
    state: new InstanceState(id, `http://${id}`, 0),
    ...overrides,
  }
}

export function requestFrom(clientAddress: string, endToEnd: string[] = []): Admitted {
  return { clientAddress, headers: { endToEnd } } as unknown as Admitted
}

/** A pick of a request that has tried nothing, where no dial failed. */
export function pickFor(
  strategy: Strategy,
  request: Admitted,
  options: { tried?: readonly Instance[]; now?: number; avoidedUntilMax?: number } = {},
): Instance | null {
  const { tried = [], now = 0, avoidedUntilMax = Number.POSITIVE_INFINITY } = options
  return strategy.pick(
    request,
    tried.map(({ state }) => state),
    now,
    avoidedUntilMax,
  )
}

/** Requests under way stay with `isKept`, as a strategy that looks at them needs it. */
export function shares(
  strategy: Strategy,
  { now = 0, picks = 12_000, isKept = false } = {},
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (let index = 0; index < picks; index++) {
    const choice = pickFor(strategy, requestFrom(`10.${index >> 8}.${index & 255}.7`), { now })
    if (isKept && choice !== null) choice.state.requestsInFlight += 1
    const id = choice?.id ?? 'none'
    counts[id] = (counts[id] ?? 0) + 1 / picks
  }
  return counts
}

export function describeStrategyContract(
  name: string,
  create: (instances: readonly Instance[]) => Strategy,
  { isKept = false, isRamping = true } = {},
): void {
  describe(`${name} honours the balancing contract`, () => {
    const request = requestFrom('10.0.0.1')
    const callers = Array.from({ length: 50 }, (_, index) => requestFrom(`10.0.0.${index}`))

    test('picks nothing where there is nothing to pick', () => {
      expect(pickFor(create([]), request)).toBeNull()
      expect(pickFor(create([instanceOf('a', 0)]), request)).toBeNull()
    })

    test('leaves out what is shut, full, tried, being probed or without weight', () => {
      const shut = instanceOf('shut')
      shut.state.gate = 'shut'
      const full = instanceOf('full', 1, { requestsMax: { now: 2 } })
      full.state.requestsInFlight = 2
      const probed = instanceOf('probed')
      probed.state.gate = 'probe'
      probed.state.probe = {}
      const tried = instanceOf('tried')
      const good = instanceOf('good')
      const strategy = create([shut, full, probed, tried, instanceOf('drained', 0), good])
      for (const caller of callers) expect(pickFor(strategy, caller, { tried: [tried] })?.id).toBe('good')
    })

    test('takes a probing instance that is free, and one with a place left', () => {
      const probing = instanceOf('probing')
      probing.state.gate = 'probe'
      expect(pickFor(create([probing]), request)?.id).toBe('probing')
      const last = instanceOf('last', 1, { requestsMax: { now: 2 } })
      last.state.requestsInFlight = 1
      expect(pickFor(create([last]), request)?.id).toBe('last')
    })

    test('leaves out, when asked to, what could not be dialled a moment ago', () => {
      const [failed, good] = [instanceOf('failed'), instanceOf('good')]
      failed.state.avoidUntil = 1_000
      const strategy = create([failed, good])
      for (const caller of callers) {
        expect(pickFor(strategy, caller, { now: 999, avoidedUntilMax: 999 })?.id).toBe('good')
      }
      expect(pickFor(create([failed]), request, { now: 999 })?.id).toBe('failed')
    })

    test('shares by weight', () => {
      const counts = shares(create([instanceOf('a', 1), instanceOf('b', 3)]), { isKept })
      expect(counts['a']).toBeGreaterThan(0.22)
      expect(counts['a']).toBeLessThan(0.28)
    })

    if (!isRamping) return

    test('gives a fresh instance a share that grows to its own', () => {
      const shareAt = (now: number) => {
        const fresh = instanceOf('fresh', 1, { slowStartMs: 10_000 })
        fresh.state.freshSince = 1_000
        return shares(create([fresh, instanceOf('old', 1, { slowStartMs: 10_000 })]), { now, isKept })[
          'fresh'
        ]
      }
      expect(shareAt(1_000)).toBeCloseTo(0.1 / 1.1, 1)
      expect(shareAt(6_000)).toBeCloseTo(0.5 / 1.5, 1)
      expect(shareAt(11_000)).toBeCloseTo(0.5, 1)
    })

    test('slows instances that came together not at all against each other', () => {
      const [a, b] = [
        instanceOf('a', 1, { slowStartMs: 10_000 }),
        instanceOf('b', 1, { slowStartMs: 10_000 }),
      ]
      a.state.freshSince = b.state.freshSince = 1_000
      expect(shares(create([a, b]), { now: 1_500, isKept })['a']).toBeCloseTo(0.5, 1)
    })
  })
}
