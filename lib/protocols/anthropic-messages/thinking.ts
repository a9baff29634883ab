import type { ChatRequest, Message } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'

export type Thinking =
  | { readonly isOn: false; readonly maxTokens: number }
  | { readonly isOn: true; readonly maxTokens: number; readonly budgetTokens: number }

/** How long an answer may be where the caller did not say; the format demands a number. */
const defaultMaxTokens = 4096
/** The least that Anthropic takes. */
const budgetMin = 1024

const budgets: Readonly<Record<'minimal' | 'low' | 'medium' | 'high', number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
}

/** Whether the model thinks, and for how long: the budget is a part of `max_tokens` and must be less. */
export function planThinking(request: ChatRequest, dropped: DroppedFields): Thinking {
  const { reasoning, maxTokens } = request
  const off: Thinking = { isOn: false, maxTokens: maxTokens ?? defaultMaxTokens }
  if (reasoning === null || reasoning.enabled === false) return off
  if (reasoning.enabled === null && reasoning.effort === null && reasoning.budgetTokens === null) return off
  const wanted = reasoning.budgetTokens ?? budgets[reasoning.effort ?? 'medium']
  const budgetTokens = Math.max(budgetMin, Math.min(wanted, (maxTokens ?? Infinity) - 1))
  if (isForced(request) || mustGoOnWithout(request.messages) || budgetTokens >= (maxTokens ?? Infinity)) {
    dropped.add(reasoning.effort === null ? 'thinking' : 'reasoning_effort')
    return off
  }
  return { isOn: true, maxTokens: maxTokens ?? budgetTokens + defaultMaxTokens, budgetTokens }
}

/** A model that thinks chooses its tools itself. */
function isForced({ tools, toolChoice }: ChatRequest): boolean {
  return tools.length > 0 && (toolChoice?.type === 'required' || toolChoice?.type === 'tool')
}

/** A turn with calls that began without signed thoughts cannot go on with thoughts. */
function mustGoOnWithout(messages: readonly Message[]): boolean {
  if (messages.findLast(({ role }) => role !== 'system')?.role !== 'tool') return false
  const parts = messages.findLast(({ role }) => role === 'assistant')?.parts ?? []
  return !parts.some(
    (part) => part.type === 'redacted-reasoning' || (part.type === 'reasoning' && part.signature !== null),
  )
}
