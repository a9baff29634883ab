import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { staleKeys, watchWorkspace } from './workspace-events.ts'

class FakeSource extends EventTarget {
  readyState = 0
  closed = false
  close() {
    this.closed = true
    this.readyState = 2
  }
  open() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  lose(readyState: 0 | 2) {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }
  change(data: string) {
    this.dispatchEvent(new MessageEvent('change', { data }))
  }
}

function start() {
  const sources: FakeSource[] = []
  const calls = { changes: [] as unknown[], stale: 0, liveness: [] as string[] }
  const watch = watchWorkspace({
    open: () => {
      const source = new FakeSource()
      sources.push(source)
      return source as unknown as EventSource
    },
    onChange: (change) => calls.changes.push(change),
    onStale: () => calls.stale++,
    onLiveness: (liveness) => calls.liveness.push(liveness),
  })
  return { watch, calls, sources, latest: () => sources.at(-1)! }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', { CONNECTING: 0, OPEN: 1, CLOSED: 2 })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('watching a workspace', () => {
  test('passes changes on', () => {
    const { calls, latest } = start()
    latest().open()
    latest().change('{"kind":"gateway","id":"gw_1","version":3}')
    expect(calls).toMatchObject({ changes: [{ kind: 'gateway', id: 'gw_1', version: 3 }], stale: 0 })
  })

  test('refreshes everything after a message it cannot read', () => {
    const { calls, latest } = start()
    latest().open()
    latest().change('{oops')
    expect(calls).toMatchObject({ changes: [], stale: 1 })
  })

  test('asks every 3 s while the stream is down, and once more when it is back', () => {
    const { calls, latest } = start()
    latest().open()
    latest().lose(0)
    vi.advanceTimersByTime(9000)
    expect(calls.stale).toBe(3)
    latest().open()
    vi.advanceTimersByTime(9000)
    expect(calls).toMatchObject({ stale: 4, liveness: ['live', 'polling', 'live'] })
  })

  test('opens again by itself when the browser gave up', () => {
    const { sources, latest } = start()
    latest().lose(2)
    expect(sources).toHaveLength(1)
    vi.advanceTimersByTime(15_000)
    expect(sources).toHaveLength(2)
  })

  test('survives a short look away, pauses on a long one, and catches up', () => {
    const { watch, calls, sources, latest } = start()
    latest().open()
    watch.setHidden(true)
    vi.advanceTimersByTime(30_000)
    watch.setHidden(false)
    vi.advanceTimersByTime(60_000)
    expect(sources).toHaveLength(1)
    watch.setHidden(true)
    vi.advanceTimersByTime(60_000)
    expect(latest().closed).toBe(true)
    watch.setHidden(false)
    latest().open()
    expect(calls).toMatchObject({ stale: 1, liveness: ['live', 'paused', 'live'] })
  })

  test('leaves no timer behind', () => {
    const { watch, latest } = start()
    latest().lose(2)
    watch.setHidden(true)
    watch.close()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a change refreshes what shows it, an unknown kind everything', () => {
  expect(staleKeys('acme', { kind: 'member', id: 'mbr_1' })).toEqual([
    ['workspace', 'acme', 'members'],
    ['workspace', 'acme', 'overview'],
  ])
  expect(staleKeys('acme', { kind: 'comet', id: 'x' })).toEqual([['workspace', 'acme']])
})
