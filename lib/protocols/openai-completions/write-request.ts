import type { ChatRequest, Message, Part } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'

export function writeCompletionRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  if (request.tools.length > 0) dropped.add('tools')
  if (request.topK !== null) dropped.add('top_k')
  if (request.responseFormat !== null && request.responseFormat.type !== 'text')
    dropped.add('response_format')
  if (request.reasoning !== null) dropped.add('reasoning_effort')
  return present({
    model: request.model,
    prompt: writePrompt(request.messages, dropped),
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    seed: request.seed,
    stop: request.stop.length === 0 ? null : request.stop,
    n: request.choices,
    user: request.user,
    ...(request.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  })
}

/** One message is the prompt; a conversation is written down with who said what, for the model to go on with. */
function writePrompt(messages: readonly Message[], dropped: DroppedFields): string {
  const [only, ...more] = messages
  if (only?.role === 'user' && more.length === 0) return textOf(only.parts, dropped)
  dropped.add('messages[].role')
  const said = messages.map(({ role, parts }) => `${role}: ${textOf(parts, dropped)}`)
  return [...said, 'assistant:'].join('\n\n')
}

function textOf(parts: readonly Part[], dropped: DroppedFields): string {
  let text = ''
  for (const part of parts) {
    if (part.type !== 'text') dropped.add(`messages[].content[].${part.type}`)
    else {
      if (part.cached === true) dropped.add('cache_control')
      text += part.text
    }
  }
  return text
}
