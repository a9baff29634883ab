import type { SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

/**
 * How the console sends a snapshot to nodes over `GET /api/node/snapshots`, a stream of server-sent events:
 * - `snapshot`, whose data is the head line; its counts say how many lines follow;
 * - `services`, as often as needed, whose data is any number of service lines, in order;
 * - `heartbeat` every 10 s, also between those.
 * The name of an event comes before its data. A snapshot whose lines do not all arrive is not used.
 */

/** Small enough that neither side works for long at one event. */
const eventCharactersMax = 32_768

export const heartbeatEvent = 'event: heartbeat\ndata: {}\n\n'

/** The events of one snapshot, each whole. */
export function* toSnapshotEvents([head = '', ...services]: SnapshotLines): Generator<string> {
  yield `event: snapshot\ndata: ${head}\n\n`
  let event = ''
  for (const line of services) {
    event += `data: ${line}\n`
    if (event.length < eventCharactersMax) continue
    yield `event: services\n${event}\n`
    event = ''
  }
  if (event !== '') yield `event: services\n${event}\n`
}
