import type { ChatRequest, Reasoning, ResponseFormat, Tool, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'
import { writeMessages } from './write-messages.ts'

export function writeOpenAiRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  if (request.topK !== null) dropped.add('top_k')
  return present({
    model: request.model,
    messages: writeMessages(request.messages, dropped),
    tools: request.tools.length === 0 ? null : request.tools.map(writeTool),
    tool_choice: request.toolChoice === null ? null : writeToolChoice(request.toolChoice),
    parallel_tool_calls: request.parallelToolCalls,
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    seed: request.seed,
    stop: request.stop.length === 0 ? null : request.stop,
    n: request.choices,
    response_format: request.responseFormat === null ? null : writeResponseFormat(request.responseFormat),
    reasoning_effort: request.reasoning === null ? null : effortOf(request.reasoning, dropped),
    user: request.user,
    ...(request.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  })
}

function writeTool({ name, description, parameters, strict }: Tool): JsonObject {
  return { type: 'function', function: present({ name, description, parameters, strict }) }
}

function writeToolChoice(choice: ToolChoice): JsonObject | string {
  return choice.type === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.type
}

function writeResponseFormat(format: ResponseFormat): JsonObject {
  switch (format.type) {
    case 'text':
      return { type: 'text' }
    case 'json':
      return { type: 'json_object' }
    case 'json-schema': {
      const { name, schema, strict } = format
      return { type: 'json_schema', json_schema: present({ name, schema, strict }) }
    }
  }
}

/** That it shall not think is a word that many servers of this protocol refuse. */
function effortOf({ enabled, effort, budgetTokens }: Reasoning, dropped: DroppedFields): string | null {
  if (enabled === false) {
    dropped.add('thinking')
    return null
  }
  if (effort !== null) return effort
  if (budgetTokens === null) return null
  if (budgetTokens <= lowBudgetMax) return 'low'
  return budgetTokens <= mediumBudgetMax ? 'medium' : 'high'
}

const lowBudgetMax = 4096
const mediumBudgetMax = 16_384
