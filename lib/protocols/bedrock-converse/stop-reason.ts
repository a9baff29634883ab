import type { Stop, StopReason } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, textOf } from '@/lib/protocols/json-reading.ts'

/** `body` is the answer, or the `messageStop` event: Claude names the sequence among the model's own fields. */
export function stopOf(body: JsonObject): Stop | null {
  const stopReason = textOf(body['stopReason'])
  if (stopReason === null) return null
  const fields = objectOf(body['additionalModelResponseFields'])
  const sequence = textOf(fields['stop_sequence']) ?? textOf(objectOf(fields['delta'])['stop_sequence'])
  const reason = reasons.get(stopReason) ?? 'other'
  return { reason, sequence: reason === 'stop-sequence' ? sequence : null }
}

/** As members of the answer, or of `messageStop`. */
export function writeStop(stop: Stop): JsonObject {
  const written: JsonObject = { stopReason: stopReasons[stop.reason] }
  if (stop.sequence !== null) {
    written['additionalModelResponseFields'] = { stop_sequence: stop.sequence }
  }
  return written
}

const reasons: ReadonlyMap<string, StopReason> = new Map([
  ['end_turn', 'end'],
  ['tool_use', 'tool-calls'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['stop_sequence', 'stop-sequence'],
  ['guardrail_intervened', 'content-filter'],
  ['content_filtered', 'content-filter'],
  ['refusal', 'refusal'],
])

const stopReasons: Readonly<Record<StopReason, string>> = {
  end: 'end_turn',
  length: 'max_tokens',
  'stop-sequence': 'stop_sequence',
  'tool-calls': 'tool_use',
  'content-filter': 'content_filtered',
  refusal: 'content_filtered',
  pause: 'end_turn',
  other: 'end_turn',
}
