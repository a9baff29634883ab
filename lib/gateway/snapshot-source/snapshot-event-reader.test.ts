import { expect, test } from 'vitest'
import { SnapshotEventReader } from '@/lib/gateway/snapshot-source/snapshot-event-reader.ts'
import { makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { encodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'
import { heartbeatEvent, toSnapshotEvents } from '@/lib/snapshot/snapshot-events.ts'

function createReader(known: (line: string) => string = (line) => line) {
  const snapshots: Array<readonly string[]> = []
  let events = 0
  const reader = new SnapshotEventReader({
    known,
    onEvent: () => {
      events += 1
    },
    onSnapshot: (lines) => snapshots.push(lines),
  })
  return { reader, snapshots, events: () => events }
}

function linesOf(revision: number, count: number): string[] {
  const services = Array.from({ length: count }, (_, index) =>
    makeService({ id: `eas_${index}`, name: `service_${index}`, apiPath: '/v1/模型/é' }),
  )
  return encodeSnapshot(makeSnapshot({ revision, services }))
}

const bytesOf = (lines: readonly string[]) => Buffer.from([...toSnapshotEvents(lines)].join(''), 'utf8')

test.each([1, 7, 4_096, 1_000_000])('reads what was sent, cut into pieces of %d bytes', (size) => {
  const { reader, snapshots } = createReader()
  const [first, second] = [linesOf(1, 0), linesOf(2, 90)]
  const bytes = Buffer.concat([bytesOf(first), Buffer.from(heartbeatEvent), bytesOf(second)])
  for (let start = 0; start < bytes.length; start += size) reader.feed(bytes.subarray(start, start + size))
  expect(snapshots).toEqual([first, second])
})

test('uses no snapshot whose lines did not all come', () => {
  const { reader, snapshots, events } = createReader()
  const whole = linesOf(2, 3)
  reader.feed(bytesOf(linesOf(1, 90).slice(0, 60)))
  reader.feed(Buffer.from(heartbeatEvent))
  reader.feed(bytesOf(whole))
  expect(snapshots).toEqual([whole])
  expect(events()).toBeGreaterThan(3)
})

test('hands over the head alone when it cannot be read, so that somebody says why', () => {
  const { reader, snapshots } = createReader()
  reader.feed(Buffer.from('event: snapshot\ndata: {"formatVersion":99}\n\n'))
  expect(snapshots).toEqual([['{"formatVersion":99}']])
})

test('holds what is known already instead of a copy', () => {
  const lines = linesOf(1, 2)
  const held = new Map(lines.map((line) => [line, line]))
  const seen: string[] = []
  const { reader } = createReader((line) => {
    seen.push(line)
    return held.get(line) ?? line
  })
  reader.feed(bytesOf(lines))
  expect(seen).toEqual(lines.slice(1))
})
