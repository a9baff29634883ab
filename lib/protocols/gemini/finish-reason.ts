import type { StopReason } from '@/lib/protocols/canonical.ts'

/** Gemini has no reason of its own for tool calls: it says STOP. */
export function stopReasonOf(finishReason: string, hasToolCalls: boolean): StopReason {
  if (finishReason === 'STOP') return hasToolCalls ? 'tool-calls' : 'end'
  return reasons.get(finishReason) ?? 'other'
}

export function finishReasonOf(reason: StopReason): string {
  return finishReasons[reason]
}

const reasons: ReadonlyMap<string, StopReason> = new Map([
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'content-filter'],
  ['RECITATION', 'content-filter'],
  ['BLOCKLIST', 'content-filter'],
  ['PROHIBITED_CONTENT', 'content-filter'],
  ['SPII', 'content-filter'],
  ['MODEL_ARMOR', 'content-filter'],
  ['IMAGE_SAFETY', 'content-filter'],
])

const finishReasons: Readonly<Record<StopReason, string>> = {
  end: 'STOP',
  length: 'MAX_TOKENS',
  'stop-sequence': 'STOP',
  'tool-calls': 'STOP',
  'content-filter': 'SAFETY',
  refusal: 'SAFETY',
  pause: 'OTHER',
  other: 'OTHER',
}
