import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HeldPort } from '@/lib/cli/held-port.ts'
import { WantedDoor } from './wanted-door.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function start(hold: (port: number) => Promise<HeldPort>) {
  const onHeld = vi.fn()
  const onChange = vi.fn()
  return { onHeld, onChange, door: new WantedDoor({ door: 'internet', port: 8100, hold, onHeld, onChange }) }
}

const port = () => ({ port: 8100, pass: () => {}, release: vi.fn() })

test('a free port is held at once', async () => {
  const held = port()
  const { onHeld, onChange, door } = start(async () => held)
  await vi.advanceTimersByTimeAsync(0)
  expect(onHeld).toHaveBeenCalledExactlyOnceWith(held)
  expect(onChange).toHaveBeenCalledOnce()
  expect(door).toMatchObject({ isHeld: true, error: null })
})

test('a taken one says why, is tried again ever less often, and is held once it is free', async () => {
  const held = port()
  let isFree = false
  const hold = vi.fn(async () => {
    if (!isFree) throw new Error('Port 8100 is taken.')
    return held
  })
  const { onHeld, door } = start(hold)
  await vi.advanceTimersByTimeAsync(0)
  expect(door.error).toBeNull()
  await vi.advanceTimersByTimeAsync(250)
  expect(door.error).toBe('Port 8100 is taken.')
  await vi.advanceTimersByTimeAsync(600_000)
  const perMinute = 60_000 / 15_000
  expect(hold.mock.calls.length).toBeLessThan(10 * perMinute * 1.5 + 10)
  isFree = true
  await vi.advanceTimersByTimeAsync(15_000)
  expect(onHeld).toHaveBeenCalledExactlyOnceWith(held)
  expect(door).toMatchObject({ isHeld: true, error: null })
})

test('one that is not wanted any more is tried no more, and let go if it comes late', async () => {
  const held = port()
  let arrive: () => void = () => {}
  const hold = vi.fn(
    () =>
      new Promise<HeldPort>((resolve) => {
        arrive = () => resolve(held)
      }),
  )
  const { onHeld, door } = start(hold)
  door.cancel()
  arrive()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(onHeld).not.toHaveBeenCalled()
  expect(held.release).toHaveBeenCalledOnce()
  expect(hold).toHaveBeenCalledOnce()
})
