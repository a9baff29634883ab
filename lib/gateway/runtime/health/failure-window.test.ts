import { describe, expect, test } from 'vitest'
import { FailureWindow } from '@/lib/gateway/runtime/health/failure-window.ts'

const size = { failures: 3, window: 5, windowMs: 1_000 }

/** Plays `.` as an answer and `x` as a failure, one each 10 ms; the places at which the limit was reached. */
function reached(play: string, window = new FailureWindow(size), stepMs = 10): number[] {
  return [...play].flatMap((mark, index) => {
    if (mark === 'x') return window.fail(index * stepMs, false) ? [index] : []
    window.answers += 1
    return []
  })
}

describe('The window of failures', () => {
  test('is full when enough of the last answers failed', () => {
    expect(reached('xxx')).toEqual([2])
    expect(reached('x.x.x')).toEqual([4])
    expect(reached('..xx..x')).toEqual([6])
  })

  test('forgets failures that enough answers have followed', () => {
    expect(reached('x..x..x..x..x')).toEqual([])
    expect(reached('x.x..x')).toEqual([])
  })

  test('forgets failures that are too old', () => {
    expect(reached('xxx', new FailureWindow(size), 500)).toEqual([2])
    expect(reached('xxx', new FailureWindow(size), 501)).toEqual([])
  })

  test('agrees with a list of the last answers, whatever comes', () => {
    let seed = 7
    const next = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    }
    for (let round = 0; round < 200; round++) {
      const failures = 1 + Math.floor(next() * 6)
      const plain = { failures, window: failures + Math.floor(next() * 6), windowMs: 50 }
      const window = new FailureWindow(plain)
      const all: Array<{ at: number; isFailure: boolean }> = []
      for (let at = 0, step = 0; step < 60; step++, at += Math.floor(next() * 30)) {
        const isFailure = next() < 0.5
        all.push({ at, isFailure })
        if (!isFailure) window.answers += 1
        else {
          const last = all.slice(-plain.window).filter((one) => one.isFailure && at - one.at <= 50)
          expect(window.fail(at, false)).toBe(last.length >= failures)
        }
      }
    }
  })

  test('takes a failure within an answer in the place of that answer', () => {
    const window = new FailureWindow({ failures: 5, window: 5, windowMs: 1_000 })
    const broken = Array.from({ length: 5 }, (_, index) => {
      window.answers += 1
      return window.fail(index, true)
    })
    expect(broken).toEqual([false, false, false, false, true])
    expect(window.looked).toBe(5)
  })

  test('begins anew once cleared', () => {
    const window = new FailureWindow(size)
    expect(reached('xx', window)).toEqual([])
    window.clear()
    expect(reached('xxx', window)).toEqual([2])
  })
})
