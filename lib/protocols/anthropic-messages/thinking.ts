import type { ChatRequest, Message } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { thinksAsItSeesFit } from './claude-generation.ts'

export type Effort = 'low' | 'medium' | 'high'

export type Thinking =
  | { readonly isOn: false; readonly maxTokens: number }
  /** One of the two: models take either a budget or an effort. */
  | {
      readonly isOn: true
      readonly maxTokens: number
      readonly budgetTokens: number | null
      readonly effort: Effort | null
    }

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
  if (thinksAsItSeesFit(request.model)) return planAdaptive(request, off, dropped)
  const wanted = reasoning.budgetTokens ?? budgets[reasoning.effort ?? 'medium']
  const budgetTokens = Math.max(budgetMin, Math.min(wanted, (maxTokens ?? Infinity) - 1))
  if (isForced(request) || mustGoOnWithout(request.messages) || budgetTokens >= (maxTokens ?? Infinity)) {
    dropped.add(reasoning.effort === null ? 'thinking' : 'reasoning_effort')
    return off
  }
  return { isOn: true, maxTokens: maxTokens ?? budgetTokens + defaultMaxTokens, budgetTokens, effort: null }
}

/** Such a model also goes on thinking in a turn that began without thoughts. */
function planAdaptive(request: ChatRequest, off: Thinking, dropped: DroppedFields): Thinking {
  const { effort, budgetTokens } = request.reasoning ?? { effort: null, budgetTokens: null }
  if (isForced(request)) {
    dropped.add(effort === null ? 'thinking' : 'reasoning_effort')
    return off
  }
  if (budgetTokens !== null) dropped.add('thinking.budget_tokens')
  const told = effort === 'minimal' ? 'low' : effort
  const maxTokens = request.maxTokens ?? budgets[told ?? 'high'] + defaultMaxTokens
  return { isOn: true, maxTokens, budgetTokens: null, effort: told }
}

/** As Messages takes it, and Converse among the model's own fields. */
export function writeThinking(thinking: Thinking): JsonObject {
  if (!thinking.isOn) return {}
  const { budgetTokens, effort } = thinking
  if (budgetTokens !== null) return { thinking: { type: 'enabled', budget_tokens: budgetTokens } }
  const adaptive: JsonObject = { thinking: { type: 'adaptive' } }
  return effort === null ? adaptive : { ...adaptive, output_config: { effort } }
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
