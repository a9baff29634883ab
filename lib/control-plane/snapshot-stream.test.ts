import { expect, test } from 'vitest'
import type { ControlPlane } from './control-plane.ts'
import type { PublishedSnapshot } from './publisher.ts'
import { snapshotStream } from './snapshot-stream.ts'

function createPlane() {
  const listeners = new Set<(published: PublishedSnapshot) => void>()
  const publisher = {
    subscribe(_gatewayId: string, listener: (published: PublishedSnapshot) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    plane: { publisher } as unknown as ControlPlane,
    listeners,
    publish: (revision: number) => {
      const services = Array.from(
        { length: 400 },
        (_, index) => `{"id":"${index}","pad":"${'x'.repeat(500)}"}`,
      )
      const published = { lines: [`{"revision":${revision}}`, ...services] } as unknown as PublishedSnapshot
      for (const listener of listeners) listener(published)
    },
  }
}

async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, text: string): Promise<string> {
  let received = ''
  while (!received.includes(text)) received += new TextDecoder().decode((await reader.read()).value)
  return received
}

test('a node that reads slowly gets whole snapshots, and of those it missed only the newest', async () => {
  const { plane, publish } = createPlane()
  const reader = snapshotStream(plane, 'gw').getReader()
  publish(1)
  await readUntil(reader, '"revision":1')
  for (const revision of [2, 3, 4]) publish(revision)
  const rest = await readUntil(reader, '"revision":4')
  expect(rest).toContain('"id":"399"')
  expect(rest).not.toContain('"revision":2')
  expect(rest).not.toContain('"revision":3')
  expect(await readUntil(reader, '"id":"399"')).toContain('"id":"0"')
  await reader.cancel()
})

test('a node that left is told no more', async () => {
  const { plane, listeners } = createPlane()
  const reader = snapshotStream(plane, 'gw').getReader()
  expect(await readUntil(reader, 'heartbeat')).toContain('event: heartbeat')
  expect(listeners.size).toBe(1)
  await reader.cancel()
  expect(listeners.size).toBe(0)
})
