import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import { intentTextOf } from '@/lib/gateway/runtime/routing/intent-text.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import { promptSize } from '@/lib/gateway/stages/observe/prompt-size.ts'
import type { RecordBook } from '@/lib/gateway/stages/observe/record-book.ts'
import { classifyIntent } from '@/lib/intents/classify-intent.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** What a record says of a prompt without its words: its size, and of some what they ask for. */
export function lookAtPrompt(
  notes: ModelCallNotes,
  records: RecordBook | null,
  body: JsonObject,
  format: CallerFormat,
  now: number,
): void {
  notes.promptCharacters = promptSize(body, format)
  // Who routes by it says it anyway.
  if (records === null || notes.api.routing.mode === 'intent' || !records.mayLook(now)) return
  const text = intentTextOf(body, format)
  if (text !== '') notes.intent = classifyIntent(text).intent ?? ''
}
