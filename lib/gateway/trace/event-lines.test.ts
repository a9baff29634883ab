import { afterEach, expect, test, vi } from 'vitest'
import type { DebugEvent } from '@/lib/domain/debug.ts'
import { EventLines } from './event-lines.ts'

afterEach(() => vi.useRealTimers())

const frame: DebugEvent = { type: 'frame', atMs: 1, bytes: 1, encoding: 'text', content: 'x'.repeat(100_000) }

function linesWithOwner() {
  const lines = new EventLines()
  const owner = { drained: vi.fn(), left: vi.fn() }
  lines.owner = owner
  return { lines, owner }
}

test('has room for so much, and again once it is read', async () => {
  const { lines, owner } = linesWithOwner()
  expect([lines.write(frame), lines.write(frame), lines.write(frame)]).toEqual([true, true, false])
  owner.drained.mockClear()
  const reader = lines.stream.getReader()
  await reader.read()
  await vi.waitFor(() => expect(owner.drained).toHaveBeenCalled())
  expect(lines.write(frame)).toBe(false)
  await reader.cancel()
  expect(owner.left).toHaveBeenCalledTimes(1)
  expect(lines.write(frame)).toBe(true)
})

test('gives up a reader that rests for too long, and none that reads on', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { lines, owner } = linesWithOwner()
  while (lines.write(frame));
  const reader = lines.stream.getReader()
  vi.advanceTimersByTime(59_000)
  await reader.read()
  await reader.read()
  vi.advanceTimersByTime(59_000)
  expect(owner.left).not.toHaveBeenCalled()
  while (lines.write(frame));
  vi.advanceTimersByTime(61_000)
  expect(owner.left).toHaveBeenCalledTimes(1)
})
