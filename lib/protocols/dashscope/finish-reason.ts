import type { Stop, StopReason } from '@/lib/protocols/canonical.ts'
import type { JsonValue } from '@/lib/protocols/json.ts'

/** Null while the answer goes on: streams then say `"null"`, as text. */
export function stopOf(finishReason: JsonValue | undefined): Stop | null {
  if (typeof finishReason !== 'string' || finishReason === 'null' || finishReason === '') return null
  return { reason: reasons.get(finishReason) ?? 'other', sequence: null }
}

export function finishReasonOf(reason: StopReason): string {
  return finishReasons[reason]
}

const reasons: ReadonlyMap<string, StopReason> = new Map([
  ['stop', 'end'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['content_filter', 'content-filter'],
])

const finishReasons: Readonly<Record<StopReason, string>> = {
  end: 'stop',
  length: 'length',
  'stop-sequence': 'stop',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  refusal: 'content_filter',
  pause: 'stop',
  other: 'stop',
}
