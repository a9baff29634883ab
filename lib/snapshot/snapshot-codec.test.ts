import { expect, test } from 'vitest'
import { makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { decodeSnapshot, encodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'

const snapshot = makeSnapshot({
  revision: 3,
  services: [
    makeService({ id: 'one', name: 'one', apiPath: '/模型/é\u2028\u{1f680}' }),
    makeService({ id: 'two', name: 'two', upstreamAuthorization: 'Bearer a\nb\u007f' }),
  ],
})

test('what was encoded comes back the same', () => {
  expect(decodeSnapshot(encodeSnapshot(snapshot))).toEqual(snapshot)
})

test('each service has one line of printable ASCII', () => {
  const lines = encodeSnapshot(snapshot)
  expect(lines).toHaveLength(3)
  for (const line of lines) expect(line).toMatch(/^[ -~]+$/)
})

test('a line stays the same while its service does, whatever happens to the others', () => {
  const before = encodeSnapshot(snapshot)
  const after = encodeSnapshot({ ...snapshot, revision: 4, services: snapshot.services.slice(1) })
  expect(after[1]).toBe(before[2])
  expect(after[0]).not.toBe(before[0])
})

test('a text with a line too few, or of another format, is not decoded', () => {
  expect(() => decodeSnapshot(encodeSnapshot(snapshot).slice(0, 2))).toThrow('2 of its 3 lines')
  expect(() => decodeSnapshot(['{"formatVersion":99}'])).toThrow('format 99')
  expect(() => decodeSnapshot(['[]'])).toThrow('not an object')
})
