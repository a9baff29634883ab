import { expect, test } from 'vitest'
import { rowsInSight } from './debug-rows.ts'
import type { DebugFrame } from './debug-run.ts'

const frames = Array.from(
  { length: 10_000 },
  (_, index): DebugFrame => ({
    index,
    atMs: index,
    bytes: 1,
    encoding: 'text',
    content: '',
    kind: 'content',
  }),
)

test('lists few of ten thousand frames wherever the reader is, and leaves no gap in sight', () => {
  for (const top of [0, 1, 14_321, 289_000]) {
    const { rows, height } = rowsInSight(frames, new Set([3, 500]), { top, height: 600 })
    expect(rows.length).toBeLessThan(60)
    expect(height).toBe(9_998 * 29 + 2 * 229)
    expect(rows[0]?.top).toBeLessThanOrEqual(top)
    const last = rows.at(-1)
    expect((last?.top ?? 0) + (last?.height ?? 0)).toBeGreaterThanOrEqual(Math.min(top + 600, height))
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1]
      if (before) expect(row.top).toBe(before.top + before.height)
    }
  }
})
