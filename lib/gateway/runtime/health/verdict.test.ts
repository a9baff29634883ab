import { describe, expect, test } from 'vitest'
import { eject, fitFrom, pause, recover, whenDue } from '@/lib/gateway/runtime/health/verdict.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'

const policy = { ...passivePolicy, ejectMs: 10_000, ejectMsMax: 60_000, windowMs: 30_000 }

describe('An ejected instance', () => {
  test('is out for the first time as long as the policy says, then must prove itself', () => {
    const out = eject(fitFrom(0), policy, 'why', 1_000)
    expect(out).toMatchObject({ phase: 'ejected', reason: 'why', since: 1_000, until: 11_000 })
    const probing = whenDue(out, 11_000)
    expect(probing).toMatchObject({ phase: 'probing', reason: 'why', since: 11_000, until: null })
    const fit = recover(probing, 12_000)
    expect(fit).toMatchObject({ phase: 'fit', reason: null, since: 12_000, until: null, isProven: true })
  })

  test('is out twice as long each time that its probe fails, up to the longest', () => {
    let verdict = fitFrom(0)
    const lasted: number[] = []
    for (let round = 0; round < 5; round++) {
      verdict = eject(verdict, policy, 'why', 0)
      lasted.push(verdict.ejectedMs)
      verdict = whenDue(verdict, verdict.until ?? 0)
    }
    expect(lasted).toEqual([10_000, 20_000, 40_000, 60_000, 60_000])
  })

  test('is remembered when it fails again soon after coming back, and forgiven after a good while', () => {
    const back = recover(whenDue(eject(fitFrom(0), policy, 'why', 0), 10_000), 10_000)
    expect(eject(back, policy, 'why', 39_999).ejectedMs).toBe(20_000)
    expect(eject(back, policy, 'why', 40_000).ejectedMs).toBe(10_000)
  })

  test('keeps within a policy that has become shorter', () => {
    const out = eject(fitFrom(0), { ...policy, ejectMs: 50_000 }, 'why', 0)
    expect(eject(whenDue(out, 50_000), { ...policy, ejectMsMax: 20_000 }, 'why', 50_000).ejectedMs).toBe(
      20_000,
    )
  })
})

describe('A paused instance', () => {
  test('comes back by itself', () => {
    const paused = pause(fitFrom(0), 30_000, 'Asked to wait 30 s (429)', 1_000)
    expect(paused).toMatchObject({ phase: 'paused', since: 1_000, until: 31_000 })
    expect(whenDue(paused, 31_000)).toMatchObject({ phase: 'fit', reason: null, since: 31_000, until: null })
  })

  test('rests longer when asked again, never shorter', () => {
    const paused = pause(fitFrom(0), 30_000, 'first', 0)
    expect(pause(paused, 10_000, 'shorter', 1_000)).toBe(paused)
    expect(pause(paused, 60_000, 'longer', 1_000)).toMatchObject({
      since: 0,
      until: 61_000,
      reason: 'longer',
    })
  })

  test('keeps its record of ejections', () => {
    const back = recover(whenDue(eject(fitFrom(0), policy, 'why', 0), 10_000), 10_000)
    const rested = whenDue(pause(back, 1_000, 'x', 11_000), 12_000)
    expect(eject(rested, policy, 'why', 13_000).ejectedMs).toBe(20_000)
  })
})

test('nothing is due for an instance that is fit or probing', () => {
  const fit = fitFrom(0)
  expect(whenDue(fit, 10)).toBe(fit)
})
