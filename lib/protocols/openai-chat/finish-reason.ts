import type { Stop, StopReason } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { textOf } from '@/lib/protocols/json-reading.ts'

/** Of a choice, whole or streamed; null while it has not stopped. A forced call ends in `stop` at OpenAI. */
export function readStop(choice: JsonObject, hasCalls: boolean): Stop | null {
  const finishReason = textOf(choice['finish_reason'])
  if (finishReason === null || finishReason === '') return null
  const reason = reasons.get(finishReason) ?? 'other'
  if (reason !== 'end') return { reason, sequence: null }
  if (hasCalls) return { reason: 'tool-calls', sequence: null }
  // vLLM says here which sequence it was.
  const sequence = textOf(choice['stop_reason'])
  return sequence === null ? endOfAnswer : { reason: 'stop-sequence', sequence }
}

const endOfAnswer: Stop = { reason: 'end', sequence: null }

export function finishReasonOf(reason: StopReason): string {
  return finishReasons[reason]
}

const reasons: ReadonlyMap<string, StopReason> = new Map([
  ['stop', 'end'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
  ['sensitive', 'content-filter'],
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
