import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Clock } from '@/lib/platform/clock.ts'
import { Coordinator } from './coordinator.ts'
import type { RateWindow } from './rate-window.ts'
import { RateWindows } from './rate-windows.ts'
import { CounterLink } from './testing/counter-link.ts'

const limit = 100
let now = 0
const clock: Clock = { now: () => now }
let coordinator: Coordinator
let links: CounterLink[]

beforeEach(() => {
  now = 1_700_000_000_000
  coordinator = new Coordinator(clock)
  links = []
})
afterEach(() => {
  vi.useRealTimers()
  for (const link of links) link.disconnect()
  coordinator.close()
})

async function join(patienceMs?: number): Promise<{ link: CounterLink; window: RateWindow }> {
  const link = new CounterLink(clock, patienceMs)
  links.push(link)
  coordinator.attach(link.child)
  const windows = new RateWindows(clock, link.source)
  await link.source.join()
  return { link, window: windows.acquire('service one') }
}

async function admitted(window: RateWindow, offered: number): Promise<number> {
  const admissions = await Promise.all(
    Array.from({ length: offered }, async () => {
      for (;;) {
        const verdict = window.check(limit, now)
        if (verdict === 'exhausted') return 0
        if (verdict === 'ready') {
          window.take(now)
          return 1
        }
        await window.refill(limit, now)
      }
    }),
  )
  return admissions.reduce<number>((sum, one) => sum + one, 0)
}

describe('Nodes with a coordinator', () => {
  test('count together', async () => {
    const nodes = [await join(), await join(), await join()]
    const counts = await Promise.all(nodes.map(({ window }) => admitted(window, 80)))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(limit)
    now += 1_000
    expect(await admitted(nodes[1]?.window as RateWindow, 200)).toBe(limit)
  })

  test('one alone asks for nothing', async () => {
    const { link, window } = await join()
    expect(link.source.localShare).toBe(1)
    const before = link.sent
    expect(await admitted(window, 150)).toBe(limit)
    expect(link.sent).toBe(before)
  })

  test('what one admitted while it was alone counts once there are two', async () => {
    const first = await join()
    expect(await admitted(first.window, 70)).toBe(70)
    now += 200
    const second = await join()
    expect(await admitted(second.window, 100)).toBe(30)
    expect(await admitted(first.window, 100)).toBe(0)
    now += 800
    expect(await admitted(first.window, 100)).toBe(70)
  })

  test('one that is left alone counts by itself when the admissions of the other have left every window', async () => {
    const first = await join()
    const second = await join()
    await vi.waitFor(() => expect(first.link.source.localShare).toBeNull())
    expect(await admitted(second.window, 60)).toBe(60)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    second.link.disconnect()
    // Permits that the other one held stay counted: nobody knows whether it used them.
    expect(await admitted(first.window, 100)).toBeLessThanOrEqual(40)
    expect(first.link.source.localShare).toBeNull()
    vi.advanceTimersByTime(1_500)
    vi.useRealTimers()
    await vi.waitFor(() => expect(first.link.source.localShare).toBe(1))
    expect(coordinator.nodes).toBe(1)
  })

  test('each is told at once how many are there, before it counts by itself, too', async () => {
    const first = await join()
    const told: number[] = []
    first.link.source.onPresent = (nodes) => told.push(nodes)
    const second = await join()
    const third = await join()
    await vi.waitFor(() => expect(told).toEqual([2, 3]))
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    second.link.disconnect()
    third.link.disconnect()
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(told).toEqual([2, 3, 2, 1])
    expect(first.link.source.localShare).toBeNull()
    vi.advanceTimersByTime(1_500)
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(told).toEqual([2, 3, 2, 1])
    expect(first.link.source.localShare).toBe(1)
  })

  test('a child that never says hello is not counted, and nonsense from it changes nothing', async () => {
    const { link } = await join()
    const stranger = new CounterLink(clock)
    links.push(stranger)
    coordinator.attach({
      ...stranger.child,
      on: (event, listener) => {
        for (const message of [null, 'x', { type: 'ready' }, { type: 'counters', asks: [[1]] }])
          listener(message)
        return stranger.child.on(event, listener)
      },
    })
    expect(coordinator.nodes).toBe(1)
    expect(link.source.localShare).toBe(1)
  })
})

describe('While the coordinator does not answer', () => {
  test('each node admits the limit divided by the nodes, says so once, and comes back', async () => {
    const nodes = [await join(50), await join(50)]
    const [first, second] = nodes
    if (first === undefined || second === undefined) throw new Error('Two nodes were started.')
    await vi.waitFor(() => expect(nodes.map(({ link }) => link.source.localShare)).toEqual([null, null]))
    for (const { link } of nodes) link.isCut = true
    const counts = await Promise.all(nodes.map(({ window }) => admitted(window, 90)))
    expect(counts).toEqual([50, 50])
    await vi.waitFor(() => expect(first.link.changes).toEqual([true]), { timeout: 5_000 })
    expect(first.link.source).toMatchObject({ isAway: true, timesAway: 1, localShare: 0.5 })
    for (const { link } of nodes) link.isCut = false
    await vi.waitFor(() => expect(nodes.map(({ link }) => link.source.localShare)).toEqual([null, null]), {
      timeout: 5_000,
    })
    expect(first.link.changes).toEqual([true, false])
    // What was admitted meanwhile was told to the coordinator.
    expect(await admitted(second.window, 10)).toBe(0)
    // Permits whose answer was lost stay counted as long as they could have been used.
    now += 1_500
    expect(await admitted(second.window, 200)).toBe(limit)
  })

  test('a hiccup is counted, and no news', async () => {
    const { link, window } = await join(50)
    await join(50)
    await vi.waitFor(() => expect(link.source.localShare).toBeNull())
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    })
    link.isCut = true
    expect(window.check(limit, now)).toBe('unknown')
    const refilled = window.refill(limit, now)
    vi.advanceTimersByTime(60)
    await refilled
    expect(link.source).toMatchObject({ isAway: true, localShare: 0.5 })
    link.isCut = false
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(link.source).toMatchObject({ isAway: false, timesAway: 1, localShare: null })
    vi.advanceTimersByTime(5_000)
    expect(link.changes).toEqual([])
  })

  test('a limit below the number of nodes still admits one each', async () => {
    const nodes = [await join(50), await join(50), await join(50)]
    await vi.waitFor(() => expect(nodes.every(({ link }) => link.source.localShare === null)).toBe(true))
    for (const { link } of nodes) link.isCut = true
    const counts = await Promise.all(
      nodes.map(async ({ window }) => {
        await window.refill(2, now)
        const verdict = window.check(2, now)
        if (verdict === 'ready') window.take(now)
        return [verdict, window.check(2, now)]
      }),
    )
    expect(counts).toEqual(nodes.map(() => ['ready', 'exhausted']))
  })
})

test('without a coordinator a node counts alone, after a moment', async () => {
  const link = new CounterLink(clock)
  links.push(link)
  await link.source.join(10)
  const window = new RateWindows(clock, link.source).acquire('service one')
  expect(await admitted(window, 150)).toBe(limit)
})
