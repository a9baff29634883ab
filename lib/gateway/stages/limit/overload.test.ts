import { describe, expect, test } from 'vitest'
import { calm, nextOverload, type Overload } from '@/lib/gateway/stages/limit/overload.ts'

function overloadAfter(samples: readonly number[], before: Overload = calm): Overload {
  return samples.reduce(nextOverload, before)
}

const repeat = (ms: number, times: number) => Array.from({ length: times }, () => ms)

describe('Overload', () => {
  test('is not what a noisy machine shows', () => {
    expect(overloadAfter(repeat(200, 100)).share).toBe(0)
    expect(overloadAfter([3_000, 5, 5, 5]).share).toBe(0)
    expect(overloadAfter([400, 400, 20, 400, 400, 20, 400, 400]).share).toBe(0)
  })

  test('begins with the third late sample in a row and grows while they go on', () => {
    expect(overloadAfter(repeat(300, 2)).share).toBe(0)
    expect(overloadAfter(repeat(300, 3)).share).toBeCloseTo(0.1)
    expect(overloadAfter(repeat(300, 6)).share).toBeCloseTo(0.4)
  })

  test('never refuses everything', () => {
    expect(overloadAfter(repeat(2_000, 50)).share).toBeCloseTo(0.9)
  })

  test('holds its share between the threshold and half of it, and ends below', () => {
    const begun = overloadAfter(repeat(300, 5))
    const holding = overloadAfter(repeat(200, 20), begun)
    expect(holding.share).toBe(begun.share)
    const ended = overloadAfter(repeat(10, 3), holding)
    expect(ended.share).toBe(0)
    expect(overloadAfter(repeat(300, 2), ended).share).toBe(0)
  })
})
