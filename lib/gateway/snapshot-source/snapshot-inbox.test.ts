import { describe, expect, test } from 'vitest'
import { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { UpstreamPools } from '@/lib/gateway/runtime/upstream-pools.ts'
import { SnapshotInbox } from '@/lib/gateway/snapshot-source/snapshot-inbox.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { encodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'

function createInbox() {
  const clock = { now: () => 1_000 }
  const runtimes = new RuntimeHolder({ pools: new UpstreamPools(), instances: new InstanceRegistry(clock) })
  const applied: number[] = []
  const inbox = new SnapshotInbox(runtimes, clock, (snapshot) => applied.push(snapshot.revision))
  return { inbox, runtimes, applied }
}

const text = (revision: number, host = 'a.test') =>
  encodeSnapshot(makeSnapshot({ revision, hosts: { internet: [host], vpc: [] } }))

describe('A snapshot offered to a node', () => {
  test('is applied when it is newer', () => {
    const { inbox, runtimes, applied } = createInbox()
    expect(inbox.offer(text(1))).toBe('applied')
    expect(inbox.offer(text(2))).toBe('applied')
    expect(runtimes.current?.revision).toBe(2)
    expect(applied).toEqual([1, 2])
    expect(inbox).toMatchObject({ revision: 2, appliedAt: 1_000, refused: null })
  })

  test('is ignored within a connection when it is older or has the same number', () => {
    const { inbox, runtimes } = createInbox()
    inbox.offer(text(5))
    expect(inbox.offer(text(4))).toBe('stale')
    expect(inbox.offer(text(5, 'b.test'))).toBe('stale')
    expect(runtimes.current?.revision).toBe(5)
  })

  test('is the truth when it is the first of a connection, even with a lower or equal number', () => {
    const { inbox, runtimes } = createInbox()
    inbox.offer(text(5))
    inbox.connectionOpened()
    expect(inbox.offer(text(3))).toBe('applied')
    inbox.connectionOpened()
    expect(inbox.offer(text(3, 'b.test'))).toBe('applied')
    expect(runtimes.current?.revision).toBe(3)
    expect(inbox.offer(text(2))).toBe('stale')
  })

  test('is not built again when it already runs', () => {
    const { inbox, applied } = createInbox()
    inbox.offer(text(5))
    inbox.connectionOpened()
    expect(inbox.offer(text(5))).toBe('unchanged')
    expect(inbox.offer(text(4))).toBe('stale')
    expect(applied).toEqual([5])
  })

  test('is refused when it does not build, and the old one keeps serving', () => {
    const { inbox, runtimes } = createInbox()
    inbox.offer(text(1))
    const broken = makeSnapshot({
      revision: 2,
      services: [makeService({ instances: [makeInstance('ftp://nowhere')] })],
    })
    expect(inbox.offer(encodeSnapshot(broken))).toBe('refused')
    expect(runtimes.current?.revision).toBe(1)
    expect(inbox.refused).toMatchObject({ revision: 2 })
    expect(inbox.refused?.reason).toContain('neither http: nor https:')
    expect(inbox.offer(text(3))).toBe('applied')
    expect(inbox.refused).toBeNull()
  })

  test('is refused when its format is unknown or it is not JSON', () => {
    const { inbox } = createInbox()
    expect(inbox.offer('{"formatVersion":99}')).toBe('refused')
    expect(inbox.refused?.reason).toContain('format 99')
    expect(inbox.offer('nonsense')).toBe('refused')
  })
})
