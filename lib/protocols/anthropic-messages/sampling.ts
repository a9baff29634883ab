import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { thinksAsItSeesFit } from './claude-generation.ts'
import type { Thinking } from './thinking.ts'

export type Sampling = Pick<ChatRequest, 'temperature' | 'topP' | 'topK'>

/** The least `top_p` that a model takes that thinks. */
const thinkingTopPMin = 0.95
const none: Sampling = { temperature: null, topP: null, topK: null }

/**
 * What Claude takes of the samplers: temperatures end at 1; a model that thinks takes neither them nor `top_k`; since
 * Opus 4.1 models refuse a temperature beside a `top_p`, of which 1 says nothing for either.
 */
export function samplingOf(request: ChatRequest, thinking: Thinking, dropped: DroppedFields): Sampling {
  const { temperature, topP, topK } = request
  if (thinksAsItSeesFit(request.model)) {
    if (temperature !== null && temperature !== 1) dropped.add('temperature')
    if (topP !== null && topP < 1) dropped.add('top_p')
    if (topK !== null) dropped.add('top_k')
    return none
  }
  if (thinking.isOn) {
    if (temperature !== null && temperature !== 1) dropped.add('temperature')
    if (topK !== null) dropped.add('top_k')
    if (topP !== null && topP < thinkingTopPMin) dropped.add('top_p')
    return { ...none, topP: topP !== null && topP >= thinkingTopPMin ? topP : null }
  }
  if (temperature !== null && temperature > 1) dropped.add('temperature')
  return { ...oneOf(temperature === null ? null : Math.min(1, temperature), topP, dropped), topK }
}

function oneOf(
  temperature: number | null,
  topP: number | null,
  dropped: DroppedFields,
): Pick<Sampling, 'temperature' | 'topP'> {
  if (temperature === null || topP === null) return { temperature, topP }
  if (topP < 1 && temperature === 1) return { temperature: null, topP }
  if (topP < 1) dropped.add('top_p')
  return { temperature, topP: null }
}
