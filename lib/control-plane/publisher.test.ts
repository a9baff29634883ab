import { afterEach, describe, expect, test, vi } from 'vitest'
import { gatewayDocument } from './documents.ts'
import type { GatewayRows } from './gateway-rows.ts'
import { Publisher } from './publisher.ts'
import { emptyRows } from './testing/empty-rows.ts'

function rowsAt(revision: number, limits: Record<string, number> = {}): GatewayRows {
  return emptyRows({ revision, document: gatewayDocument.parse({ limits, trustedProxies: [] }) })
}

function start(first: GatewayRows | null) {
  let rows = first
  const loadRows = vi.fn(async () => rows)
  const failures: unknown[] = []
  const publisher = new Publisher({
    loadRows,
    clock: { now: () => 1 },
    onFailure: (_, error) => failures.push(error),
    debounceMs: 0,
  })
  const seen: number[] = []
  return {
    publisher,
    loadRows,
    failures,
    seen,
    listen: () => publisher.subscribe('gw_1', ({ snapshot }) => seen.push(snapshot.revision)),
    save: (next: GatewayRows) => {
      rows = next
      publisher.configurationChanged('gw_1')
    },
  }
}

let running: ReturnType<typeof start> | null = null
afterEach(() => running?.publisher.close())

describe('publishing', () => {
  test('gives a new subscriber what is current, and then each change', async () => {
    running = start(rowsAt(1))
    running.listen()
    await vi.waitFor(() => expect(running?.seen).toEqual([1]))
    running.save(rowsAt(2))
    await vi.waitFor(() => expect(running?.seen).toEqual([1, 2]))
  })

  test('builds once for saves that come together, and never misses the last', async () => {
    running = start(rowsAt(1))
    running.listen()
    await running.publisher.current('gw_1')
    running.loadRows.mockClear()
    for (let revision = 2; revision <= 50; revision++) running.save(rowsAt(revision))
    await vi.waitFor(() => expect(running?.seen.at(-1)).toBe(50))
    expect(running.loadRows.mock.calls.length).toBeLessThanOrEqual(2)
  })

  test('keeps the last good snapshot when the newest rows fail the check, and says why', async () => {
    running = start(rowsAt(1))
    running.listen()
    await running.publisher.current('gw_1')
    running.save(rowsAt(2, { requestMs: -1 }))
    await vi.waitFor(() => expect(running?.publisher.refused('gw_1')).toMatchObject({ revision: 2 }))
    expect(running.seen).toEqual([1])
    running.save(rowsAt(3))
    await vi.waitFor(() => expect(running?.seen).toEqual([1, 3]))
    expect(running.publisher.refused('gw_1')).toBeNull()
  })

  test('survives a database that does not answer', async () => {
    running = start(rowsAt(1))
    running.listen()
    await running.publisher.current('gw_1')
    running.loadRows.mockRejectedValueOnce(new Error('gone'))
    running.save(rowsAt(2))
    await vi.waitFor(() => expect(running?.failures).toHaveLength(1))
    running.save(rowsAt(3))
    await vi.waitFor(() => expect(running?.seen).toEqual([1, 3]))
  })

  test('tries again by itself after a failed build, because nobody may save again', async () => {
    running = start(rowsAt(1))
    running.listen()
    await running.publisher.current('gw_1')
    running.loadRows.mockRejectedValueOnce(new Error('gone'))
    running.save(rowsAt(2))
    await vi.waitFor(() => expect(running?.seen).toEqual([1, 2]), 5000)
    expect(running.failures).toHaveLength(1)
  })

  test('publishes again when a restored database counts from a lower number', async () => {
    running = start(rowsAt(9))
    running.listen()
    await running.publisher.current('gw_1')
    running.save(rowsAt(4))
    await vi.waitFor(() => expect(running?.seen).toEqual([9, 4]))
  })

  test('has nothing for a gateway that does not exist', async () => {
    running = start(null)
    expect(await running.publisher.current('gw_1')).toBeNull()
  })

  test('stops telling one that has left', async () => {
    running = start(rowsAt(1))
    const leave = running.listen()
    await running.publisher.current('gw_1')
    leave()
    running.save(rowsAt(2))
    await vi.waitFor(async () =>
      expect((await running?.publisher.current('gw_1'))?.snapshot.revision).toBe(2),
    )
    expect(running.seen).toEqual([1])
  })
})
