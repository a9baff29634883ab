import { toSnapshotEvents } from '@/lib/snapshot/snapshot-events.ts'
import type { ControlPlane } from './control-plane.ts'
import { latestStream } from './latest-stream.ts'
import type { PublishedSnapshot } from './publisher.ts'

/** The newest snapshot at once and on each change, as `lib/snapshot/snapshot-events.ts` has it. */
export function snapshotStream(
  { publisher }: Pick<ControlPlane, 'publisher'>,
  gatewayId: string,
): ReadableStream<Uint8Array> {
  return latestStream<PublishedSnapshot>({
    subscribe: (listener) => publisher.subscribe(gatewayId, listener),
    toEvents: ({ lines }) => toSnapshotEvents(lines),
  })
}
