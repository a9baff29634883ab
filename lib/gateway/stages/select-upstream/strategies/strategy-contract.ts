import { describe, expect, test } from 'vitest'
import { type Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

export function instanceOf(id: string, weight = 1): Instance {
  const state = new InstanceState(id, `http://${id}`, 0)
  return { id, weight, basePath: '', pool: null as unknown as Instance['pool'], state }
}

export function requestFrom(clientAddress: string, endToEnd: string[] = []): Admitted {
  return { clientAddress, headers: { endToEnd } } as unknown as Admitted
}

export function shares(strategy: Strategy, picks = 12_000): Record<string, number> {
  const counts: Record<string, number> = {}
  for (let index = 0; index < picks; index++) {
    const id = strategy.pick(requestFrom(`10.${index >> 8}.${index & 255}.7`), () => true)?.id ?? 'none'
    counts[id] = (counts[id] ?? 0) + 1 / picks
  }
  return counts
}

export function describeStrategyContract(
  name: string,
  create: (instances: readonly Instance[]) => Strategy,
): void {
  describe(`${name} honours the balancing contract`, () => {
    const request = requestFrom('10.0.0.1')

    test('picks nothing where there is nothing to pick', () => {
      expect(create([]).pick(request, () => true)).toBeNull()
      expect(create([instanceOf('a')]).pick(request, () => false)).toBeNull()
    })

    test('picks only candidates', () => {
      const strategy = create([instanceOf('a'), instanceOf('b'), instanceOf('c')])
      for (let index = 0; index < 50; index++) {
        expect(strategy.pick(requestFrom(`10.0.0.${index}`), ({ id }) => id !== 'b')?.id).not.toBe('b')
      }
    })

    test('shares by weight', () => {
      const counts = shares(create([instanceOf('a', 1), instanceOf('b', 3)]))
      expect(counts['a']).toBeGreaterThan(0.22)
      expect(counts['a']).toBeLessThan(0.28)
    })
  })
}
