import type { Message } from './canonical.ts'
import type { DroppedFields } from './dropped-fields.ts'

/** Names it where the system speaks in the middle, for formats in which it speaks before the conversation only. */
export function noteMovedSystem(messages: readonly Message[], dropped: DroppedFields): void {
  const first = messages.findIndex(({ role }) => role !== 'system')
  if (first === -1) return
  if (messages.some(({ role }, index) => role === 'system' && index > first)) dropped.add('messages[].role')
}
