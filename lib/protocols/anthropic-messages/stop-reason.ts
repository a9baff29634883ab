import type { Stop, StopReason } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { textOf } from '@/lib/protocols/json-reading.ts'

/** Of a message or of a `message_delta`; null while it has not stopped. */
export function readStop(told: JsonObject, isStructuredAnswer: boolean): Stop | null {
  const stopReason = textOf(told['stop_reason'])
  if (stopReason === null || stopReason === '') return null
  const reason = reasons.get(stopReason) ?? 'other'
  if (reason === 'tool-calls' && isStructuredAnswer) return { reason: 'end', sequence: null }
  return { reason, sequence: reason === 'stop-sequence' ? textOf(told['stop_sequence']) : null }
}

export function stopReasonOf(reason: StopReason): string {
  return stopReasons[reason]
}

const reasons: ReadonlyMap<string, StopReason> = new Map([
  ['end_turn', 'end'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['stop_sequence', 'stop-sequence'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'refusal'],
  ['pause_turn', 'pause'],
])

const stopReasons: Readonly<Record<StopReason, string>> = {
  end: 'end_turn',
  length: 'max_tokens',
  'stop-sequence': 'stop_sequence',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  refusal: 'refusal',
  pause: 'pause_turn',
  other: 'end_turn',
}
