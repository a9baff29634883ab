import type { ChatRequest, Tool, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'
import { noteMovedSystem } from '@/lib/protocols/moved-system.ts'
import { withStructuredAnswer } from '@/lib/protocols/structured-answer.ts'
import { samplingOf } from './sampling.ts'
import { planThinking, writeThinking } from './thinking.ts'
import { writeMessages, writeSystem } from './write-messages.ts'

export function writeAnthropicRequest(given: ChatRequest, dropped: DroppedFields): JsonObject {
  const request = withStructuredAnswer(given, dropped)
  dropUnknown(request, dropped)
  const thinking = planThinking(request, dropped)
  const sampling = samplingOf(request, thinking, dropped)
  return present({
    model: request.model,
    ...writeConversation(request, dropped),
    max_tokens: thinking.maxTokens,
    ...writeThinking(thinking),
    tools: request.tools.length === 0 ? null : request.tools.map((tool) => writeTool(tool, dropped)),
    tool_choice: writeToolChoice(request),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    stop_sequences: writeStop(request.stop, dropped),
    metadata: request.user === null ? null : { user_id: request.user },
    stream: request.stream ? true : null,
  })
}

function dropUnknown(request: ChatRequest, dropped: DroppedFields): void {
  if (request.presencePenalty !== null) dropped.add('presence_penalty')
  if (request.frequencyPenalty !== null) dropped.add('frequency_penalty')
  if (request.seed !== null) dropped.add('seed')
  if ((request.choices ?? 1) > 1) dropped.add('n')
}

/** What is only a system prompt is asked as the user's, since there must be a message. */
function writeConversation({ messages }: ChatRequest, dropped: DroppedFields): JsonObject {
  noteMovedSystem(messages, dropped)
  const written = writeMessages(messages, dropped)
  const system = writeSystem(messages, dropped)
  if (written.length === 0 && system !== null) return { messages: [{ role: 'user', content: system }] }
  return { system, messages: written }
}

function writeTool({ name, description, parameters, strict }: Tool, dropped: DroppedFields): JsonObject {
  if (strict === true) dropped.add('tools[].function.strict')
  const schema = parameters['type'] === undefined ? { ...parameters, type: 'object' } : parameters
  return present({ name, description, input_schema: schema })
}

function writeToolChoice({ tools, toolChoice, parallelToolCalls }: ChatRequest): JsonObject | null {
  if (tools.length === 0 || (toolChoice === null && parallelToolCalls === null)) return null
  const choice = named(toolChoice ?? { type: 'auto' })
  if (parallelToolCalls !== null && choice['type'] !== 'none') {
    choice['disable_parallel_tool_use'] = !parallelToolCalls
  }
  return choice
}

function named(choice: ToolChoice): JsonObject {
  switch (choice.type) {
    case 'required':
      return { type: 'any' }
    case 'tool':
      return { type: 'tool', name: choice.name }
    default:
      return { type: choice.type }
  }
}

/** Sequences of nothing but space are refused. */
function writeStop(stop: readonly string[], dropped: DroppedFields): readonly string[] | null {
  const sequences = stop.filter((sequence) => sequence.trim() !== '')
  if (sequences.length < stop.length) dropped.add('stop')
  return sequences.length === 0 ? null : sequences
}
