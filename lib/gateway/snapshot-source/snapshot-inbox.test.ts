import { describe, expect, test } from 'vitest'
import { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { createSharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotInbox } from '@/lib/gateway/snapshot-source/snapshot-inbox.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { encodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'

function createInbox() {
  const clock = { now: () => 1_000 }
  const runtimes = new RuntimeHolder(createSharedState(clock))
  const applied: number[] = []
  const inbox = new SnapshotInbox(runtimes, clock, (head) => applied.push(head.revision))
  return { inbox, runtimes, applied }
}

const text = (revision: number, host = 'a.test') =>
  encodeSnapshot(makeSnapshot({ revision, hosts: { internet: [host], vpc: [] } }))

describe('A snapshot offered to a node', () => {
  test('is applied when it is newer', async () => {
    const { inbox, runtimes, applied } = createInbox()
    expect(await inbox.offer(text(1))).toBe('applied')
    expect(await inbox.offer(text(2))).toBe('applied')
    expect(runtimes.current?.revision).toBe(2)
    expect(applied).toEqual([1, 2])
    expect(inbox).toMatchObject({ revision: 2, appliedAt: 1_000, refused: null })
  })

  test('is ignored within a connection when it is older or has the same number', async () => {
    const { inbox, runtimes } = createInbox()
    await inbox.offer(text(5))
    expect(await inbox.offer(text(4))).toBe('stale')
    expect(await inbox.offer(text(5, 'b.test'))).toBe('stale')
    expect(runtimes.current?.revision).toBe(5)
  })

  test('is the truth when it is the first of a connection, even with a lower or equal number', async () => {
    const { inbox, runtimes } = createInbox()
    await inbox.offer(text(5))
    inbox.connectionOpened()
    expect(await inbox.offer(text(3))).toBe('applied')
    inbox.connectionOpened()
    expect(await inbox.offer(text(3, 'b.test'))).toBe('applied')
    expect(runtimes.current?.revision).toBe(3)
    expect(await inbox.offer(text(2))).toBe('stale')
  })

  test('is not built again when it already runs', async () => {
    const { inbox, applied } = createInbox()
    await inbox.offer(text(5))
    inbox.connectionOpened()
    expect(await inbox.offer(text(5))).toBe('unchanged')
    expect(await inbox.offer(text(4))).toBe('stale')
    expect(applied).toEqual([5])
  })

  test('is refused when it does not build, and the old one keeps serving', async () => {
    const { inbox, runtimes } = createInbox()
    await inbox.offer(text(1))
    const broken = makeSnapshot({
      revision: 2,
      services: [makeService({ instances: [makeInstance('ftp://nowhere')] })],
    })
    expect(await inbox.offer(encodeSnapshot(broken))).toBe('refused')
    expect(runtimes.current?.revision).toBe(1)
    expect(inbox.refused).toMatchObject({ revision: 2 })
    expect(inbox.refused?.reason).toContain('neither http: nor https:')
    expect(await inbox.offer(text(3))).toBe('applied')
    expect(inbox.refused).toBeNull()
  })

  test('is refused when its format is unknown or it is not JSON', async () => {
    const { inbox } = createInbox()
    expect(await inbox.offer(['{"formatVersion":99}'])).toBe('refused')
    expect(inbox.refused?.reason).toContain('format 99')
    expect(await inbox.offer(['nonsense'])).toBe('refused')
  })
})

describe('Snapshots that come while one is built', () => {
  test('are built in order, and of several only the newest', async () => {
    const { inbox, runtimes, applied } = createInbox()
    const offers = await Promise.all([1, 2, 3, 4].map((revision) => inbox.offer(text(revision))))
    expect(offers).toEqual(['applied', 'superseded', 'superseded', 'applied'])
    expect(applied).toEqual([1, 4])
    expect(runtimes.current?.revision).toBe(4)
  })

  test('count as late by the newest that came, not by the one that runs', async () => {
    const { inbox } = createInbox()
    const first = inbox.offer(text(2))
    expect(await inbox.offer(text(1))).toBe('stale')
    expect(await first).toBe('applied')
  })

  test('let traffic have its turns', async () => {
    const { inbox, applied } = createInbox()
    const services = Array.from({ length: 3_000 }, (_, index) =>
      makeService({ id: `eas_${index}`, name: `service_${index}`, instances: [] }),
    )
    let turns = 0
    let isCounting = true
    const count = () => {
      turns += 1
      if (isCounting) setImmediate(count)
    }
    setImmediate(count)
    const outcome = await inbox.offer(encodeSnapshot(makeSnapshot({ revision: 7, services })))
    isCounting = false
    expect(outcome).toBe('applied')
    expect(applied).toEqual([7])
    expect(turns).toBeGreaterThan(2)
  })
})
