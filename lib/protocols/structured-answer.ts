import type { ChatRequest, ResponseFormat, Tool, ToolChoice } from './canonical.ts'
import type { DroppedFields } from './dropped-fields.ts'
import type { JsonObject } from './json.ts'

/**
 * For formats without answers by a schema: the model is made to call this tool, and what it hands over is the answer's
 * text. The name tells readers, which know nothing of the request, that the call is no call of the caller's.
 */
export const structuredAnswerName = 'switchyard_structured_answer'

/** The request with the tool in place of the schema; unchanged without a schema. */
export function withStructuredAnswer(request: ChatRequest, dropped: DroppedFields): ChatRequest {
  const format = request.responseFormat
  if (format === null || format.type === 'text') return request
  const tool = format.type === 'json-schema' ? toTool(format) : null
  const choice = request.toolChoice
  // A caller that forces a tool of its own gets no text to shape.
  if (tool === null || choice?.type === 'tool') {
    dropped.add('response_format')
    return { ...request, responseFormat: null }
  }
  return {
    ...request,
    responseFormat: null,
    tools: choice?.type === 'none' ? [tool] : [...request.tools, tool],
    toolChoice: choiceOf(request),
    // Nothing else is thought of while a tool is forced.
    reasoning: withoutReasoning(request, dropped),
  }
}

/** What came as a tool, as the schema it was. */
export function structuredFormatOf(tool: Tool): ResponseFormat {
  return { type: 'json-schema', name: 'response', schema: tool.parameters, strict: null }
}

/** The input of a tool is an object; a schema of something else has no tool. */
function toTool({ schema }: ResponseFormat & { type: 'json-schema' }): Tool | null {
  const type = schema['type'] ?? 'object'
  if (type !== 'object') return null
  const parameters: JsonObject = schema['type'] === undefined ? { ...schema, type } : schema
  return {
    name: structuredAnswerName,
    description: 'Give the final answer by calling this tool, with all of the answer in its input.',
    parameters,
    strict: null,
  }
}

function choiceOf({ tools, toolChoice }: ChatRequest): ToolChoice {
  if (tools.length === 0 || toolChoice?.type === 'none') return { type: 'tool', name: structuredAnswerName }
  return { type: 'required' }
}

function withoutReasoning({ reasoning }: ChatRequest, dropped: DroppedFields): ChatRequest['reasoning'] {
  if (reasoning !== null && reasoning.enabled !== false) dropped.add('reasoning_effort')
  return null
}
