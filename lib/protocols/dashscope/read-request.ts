import type {
  ChatRequest,
  ImagePart,
  Message,
  Reasoning,
  ResponseFormat,
  TextPart,
  Tool,
  ToolChoice,
} from '@/lib/protocols/canonical.ts'
import type { RequestHints } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import {
  objectOf,
  readBoolean,
  readNumber,
  readObject,
  readObjects,
  readString,
  readStrings,
  requireString,
  textOf,
} from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { readAssistant, readContent } from './read-parts.ts'

const known = new Set(['model', 'input', 'parameters'])
const knownParameters = new Set([
  'result_format',
  'incremental_output',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'presence_penalty',
  'seed',
  'stop',
  'n',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'enable_thinking',
  'thinking_budget',
])
const at = 'parameters'

export function readDashscopeRequest(
  body: JsonObject,
  hints: RequestHints,
  dropped: DroppedFields,
): ChatRequest {
  const parameters = readObject(body, 'parameters') ?? {}
  noteDropped(body, parameters, hints, dropped)
  return {
    model: readString(body, 'model') ?? hints.model ?? '',
    messages: readInput(body),
    tools: readTools(parameters),
    toolChoice: readToolChoice(parameters),
    parallelToolCalls: readBoolean(parameters, 'parallel_tool_calls', at),
    maxTokens: readNumber(parameters, 'max_tokens', at),
    temperature: readNumber(parameters, 'temperature', at),
    topP: readNumber(parameters, 'top_p', at),
    topK: readNumber(parameters, 'top_k', at),
    presencePenalty: readNumber(parameters, 'presence_penalty', at),
    frequencyPenalty: null,
    seed: readNumber(parameters, 'seed', at),
    stop: readStop(parameters),
    choices: readNumber(parameters, 'n', at),
    responseFormat: readFormat(parameters),
    reasoning: readReasoning(parameters),
    user: null,
    stream: hints.stream,
    streamUsage: true,
  }
}

/** Answers are messages, and events hold only what is new. */
function noteDropped(
  body: JsonObject,
  parameters: JsonObject,
  hints: RequestHints,
  dropped: DroppedFields,
): void {
  for (const key of Object.keys(body)) if (!known.has(key)) dropped.add(key)
  for (const key of Object.keys(parameters)) {
    if (!knownParameters.has(key)) dropped.add(`parameters.${key}`)
  }
  if (parameters['result_format'] === 'text') dropped.add('parameters.result_format')
  if (hints.stream && parameters['incremental_output'] !== true) {
    dropped.add('parameters.incremental_output')
  }
}

function readInput(body: JsonObject): readonly Message[] {
  const input = readObject(body, 'input')
  if (input === null) throw new ProtocolError('input is missing.', 'input')
  const prompt = readString(input, 'prompt', 'input')
  const messages = readObjects(input, 'messages', 'input').map((message, index) =>
    readMessage(message, `input.messages[${index}]`),
  )
  if (messages.length > 0) return messages
  if (prompt === null) throw new ProtocolError('input.messages is missing.', 'input.messages')
  return [{ role: 'user', parts: [{ type: 'text', text: prompt }] }]
}

function readMessage(message: JsonObject, path: string): Message {
  const content = message['content'] ?? null
  if (content !== null && typeof content !== 'string' && !Array.isArray(content)) {
    throw new ProtocolError(`${path}.content must be a string or an array.`, `${path}.content`)
  }
  const role = readString(message, 'role', path)
  switch (role) {
    case 'system':
    case 'user':
      return { role, parts: readContent(message['content']) }
    case 'assistant':
      return { role, parts: readAssistant(message) }
    case 'tool':
      return { role, parts: [readResult(message, path)] }
    default:
      throw new ProtocolError(`${path}.role must be system, user, assistant or tool.`, `${path}.role`)
  }
}

function readResult(message: JsonObject, path: string): Message['parts'][number] {
  return {
    type: 'tool-result',
    callId: requireString(message, 'tool_call_id', path),
    name: readString(message, 'name', path),
    parts: readContent(message['content']).filter(
      (part): part is TextPart | ImagePart => part.type === 'text' || part.type === 'image',
    ),
    isError: false,
  }
}

function readTools(parameters: JsonObject): readonly Tool[] {
  return readObjects(parameters, 'tools', at).map((tool, index) => {
    const path = `parameters.tools[${index}].function`
    const details = readObject(tool, 'function', `parameters.tools[${index}]`) ?? {}
    return {
      name: requireString(details, 'name', path),
      description: readString(details, 'description', path),
      parameters: readObject(details, 'parameters', path) ?? { type: 'object', properties: {} },
      strict: null,
    }
  })
}

function readToolChoice(parameters: JsonObject): ToolChoice | null {
  const choice = parameters['tool_choice'] ?? null
  if (choice === 'auto' || choice === 'none') return { type: choice }
  if (!isJsonObject(choice)) return null
  const path = 'parameters.tool_choice.function'
  return { type: 'tool', name: requireString(objectOf(choice['function']), 'name', path) }
}

/** One text, or several. */
function readStop(parameters: JsonObject): readonly string[] {
  const stop = parameters['stop'] ?? null
  return typeof stop === 'string' ? [stop] : readStrings(parameters, 'stop', at)
}

function readFormat(parameters: JsonObject): ResponseFormat | null {
  const format = readObject(parameters, 'response_format', at)
  switch (format === null ? null : readString(format, 'type', 'parameters.response_format')) {
    case 'text':
      return { type: 'text' }
    case 'json_object':
      return { type: 'json' }
    case 'json_schema': {
      const path = 'parameters.response_format.json_schema'
      const details = objectOf(objectOf(format)['json_schema'])
      return {
        type: 'json-schema',
        name: textOf(details['name']) ?? 'response',
        schema: readObject(details, 'schema', path) ?? {},
        strict: readBoolean(details, 'strict', path),
      }
    }
    default:
      return null
  }
}

function readReasoning(parameters: JsonObject): Reasoning | null {
  const enabled = readBoolean(parameters, 'enable_thinking', at)
  const budgetTokens = readNumber(parameters, 'thinking_budget', at)
  return enabled === null && budgetTokens === null ? null : { enabled, effort: null, budgetTokens }
}
