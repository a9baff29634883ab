import { describe, expect, test } from 'vitest'
import { RateWindows } from './rate-windows.ts'

describe('Windows by key', () => {
  test('keep their counts as long as anybody holds them', () => {
    const windows = new RateWindows({ now: () => 1_000_000 })
    const old = windows.acquire('service one')
    expect(old.check(1, 1_000_000)).toBe('ready')
    old.take(1_000_000)
    const next = windows.acquire('service one')
    windows.release('service one')
    expect(next.check(1, 1_000_000)).toBe('exhausted')
    expect(windows.size).toBe(1)
    windows.release('service one')
    expect(windows.size).toBe(0)
    expect(windows.acquire('service one').check(1, 1_000_000)).toBe('ready')
  })

  test('are apart from each other', () => {
    const windows = new RateWindows({ now: () => 1_000_000 })
    const one = windows.acquire('service one')
    expect(one.check(1, 1_000_000)).toBe('ready')
    one.take(1_000_000)
    expect(one.check(1, 1_000_000)).toBe('exhausted')
    expect(windows.acquire('service two').check(1, 1_000_000)).toBe('ready')
  })
})
