import type { ChatRequest, ResponseFormat, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'
import { writeMessages } from './write-messages.ts'

export function writeDashscopeRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  if (request.frequencyPenalty !== null) dropped.add('frequency_penalty')
  if (request.user !== null) dropped.add('user')
  return {
    model: request.model,
    input: { messages: writeMessages(request.messages, dropped) },
    parameters: writeParameters(request, dropped),
  }
}

function writeParameters(request: ChatRequest, dropped: DroppedFields): JsonObject {
  const { reasoning } = request
  if (reasoning?.effort != null && reasoning.budgetTokens === null) dropped.add('reasoning_effort')
  return present({
    result_format: 'message',
    // Without it each event would repeat all that came before.
    incremental_output: request.stream ? true : null,
    max_tokens: request.maxTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_k: request.topK,
    presence_penalty: request.presencePenalty,
    seed: request.seed,
    stop: request.stop.length > 0 ? request.stop : null,
    n: request.choices,
    ...writeTools(request, dropped),
    response_format: writeFormat(request.responseFormat),
    enable_thinking: reasoning === null ? null : (reasoning.enabled ?? true),
    thinking_budget: reasoning?.budgetTokens ?? null,
  })
}

function writeTools(request: ChatRequest, dropped: DroppedFields): JsonObject {
  if (request.tools.length === 0) return {}
  if (request.tools.some((tool) => tool.strict === true)) dropped.add('tools[].strict')
  return {
    tools: request.tools.map((tool) => ({
      type: 'function',
      function: present({
        name: tool.name,
        description: tool.description,
        parameters: tool.parameters,
      }),
    })),
    tool_choice: writeToolChoice(request.toolChoice, dropped),
    parallel_tool_calls: request.parallelToolCalls,
  }
}

/** No word demands any tool at all. */
function writeToolChoice(choice: ToolChoice | null, dropped: DroppedFields): JsonValue {
  switch (choice?.type) {
    case 'auto':
    case 'none':
      return choice.type
    case 'tool':
      return { type: 'function', function: { name: choice.name } }
    case 'required':
      dropped.add('tool_choice')
      return null
    default:
      return null
  }
}

function writeFormat(format: ResponseFormat | null): JsonValue {
  switch (format?.type) {
    case 'text':
      return { type: 'text' }
    case 'json':
      return { type: 'json_object' }
    case 'json-schema':
      return {
        type: 'json_schema',
        json_schema: present({ name: format.name, schema: format.schema, strict: format.strict }),
      }
    default:
      return null
  }
}
