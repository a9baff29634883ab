import type { ChatRequest, Reasoning, ResponseFormat, Tool, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { RequestHints } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'
import {
  readBoolean,
  readNumber,
  readObject,
  readObjects,
  readString,
  readStrings,
  requireString,
} from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { MessagesReader } from './messages-reader.ts'

export function readOpenAiRequest(
  body: JsonObject,
  hints: RequestHints,
  dropped: DroppedFields,
): ChatRequest {
  for (const [name, value] of Object.entries(body)) {
    if (!known.has(name) && (value ?? false) !== false) dropped.add(name)
  }
  return {
    model: hints.model ?? requireString(body, 'model'),
    messages: new MessagesReader(dropped).read(readObjects(body, 'messages')),
    tools: readTools(body, dropped),
    toolChoice: readToolChoice(body, dropped),
    parallelToolCalls: readBoolean(body, 'parallel_tool_calls'),
    maxTokens: readNumber(body, 'max_completion_tokens') ?? readNumber(body, 'max_tokens'),
    temperature: readNumber(body, 'temperature'),
    topP: readNumber(body, 'top_p'),
    topK: readNumber(body, 'top_k'),
    presencePenalty: readNumber(body, 'presence_penalty'),
    frequencyPenalty: readNumber(body, 'frequency_penalty'),
    seed: readNumber(body, 'seed'),
    stop: readStop(body),
    choices: readNumber(body, 'n'),
    responseFormat: readResponseFormat(body),
    reasoning: readReasoning(body, dropped),
    user: readString(body, 'user'),
    stream: readBoolean(body, 'stream') ?? false,
    streamUsage:
      readBoolean(readObject(body, 'stream_options') ?? {}, 'include_usage', 'stream_options') ?? false,
  }
}

const known = new Set([
  'model',
  'messages',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'max_completion_tokens',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'presence_penalty',
  'frequency_penalty',
  'seed',
  'stop',
  'n',
  'response_format',
  'reasoning_effort',
  'thinking',
  'enable_thinking',
  'thinking_budget',
  'user',
  'stream',
  'stream_options',
  'functions',
  'function_call',
])

export function readStop(body: JsonObject): readonly string[] {
  const stop = body['stop']
  return typeof stop === 'string' ? [stop] : readStrings(body, 'stop')
}

/** `functions` is what tools were before they had that name. */
function readTools(body: JsonObject, dropped: DroppedFields): readonly Tool[] {
  const tools: Tool[] = []
  for (const [index, tool] of readObjects(body, 'tools').entries()) {
    const path = `tools[${index}]`
    const type = readString(tool, 'type', path) ?? 'function'
    if (type !== 'function') {
      dropped.add(`tools[].${type}`)
      continue
    }
    const definition = readObject(tool, 'function', path)
    if (definition === null) throw new ProtocolError(`${path}.function is missing.`, `${path}.function`)
    tools.push(readFunction(definition, `${path}.function`))
  }
  for (const [index, definition] of readObjects(body, 'functions').entries()) {
    tools.push(readFunction(definition, `functions[${index}]`))
  }
  return tools
}

function readFunction(definition: JsonObject, path: string): Tool {
  return {
    name: requireString(definition, 'name', path),
    description: readString(definition, 'description', path),
    parameters: readObject(definition, 'parameters', path) ?? { type: 'object', properties: {} },
    strict: readBoolean(definition, 'strict', path),
  }
}

function readToolChoice(body: JsonObject, dropped: DroppedFields): ToolChoice | null {
  const name =
    body['tool_choice'] === undefined || body['tool_choice'] === null ? 'function_call' : 'tool_choice'
  const choice = body[name] ?? null
  if (choice === null) return null
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice }
  if (!isJsonObject(choice)) {
    throw new ProtocolError(`${name} must be "auto", "none", "required" or name a function.`, name)
  }
  if (name === 'function_call') return { type: 'tool', name: requireString(choice, 'name', name) }
  const named = readObject(choice, 'function', name)
  if (named !== null) return { type: 'tool', name: requireString(named, 'name', `${name}.function`) }
  dropped.add(name)
  return null
}

function readResponseFormat(body: JsonObject): ResponseFormat | null {
  const format = readObject(body, 'response_format')
  if (format === null) return null
  switch (readString(format, 'type', 'response_format')) {
    case 'text':
      return { type: 'text' }
    case 'json_object':
      return { type: 'json' }
    case 'json_schema': {
      const path = 'response_format.json_schema'
      const described = readObject(format, 'json_schema', 'response_format')
      const schema = described === null ? null : readObject(described, 'schema', path)
      if (described === null || schema === null) {
        throw new ProtocolError(`${path}.schema is missing.`, `${path}.schema`)
      }
      const name = readString(described, 'name', path) ?? 'response'
      return { type: 'json-schema', name, schema, strict: readBoolean(described, 'strict', path) }
    }
    default:
      throw new ProtocolError(
        'response_format.type must be "text", "json_object" or "json_schema".',
        'response_format.type',
      )
  }
}

/** OpenAI's effort, and the switches of Model Studio (`enable_thinking`) and of DeepSeek, Zhipu and Doubao (`thinking`). */
function readReasoning(body: JsonObject, dropped: DroppedFields): Reasoning | null {
  const effort = readString(body, 'reasoning_effort')
  const thinking = readObject(body, 'thinking')
  const isEnabled = readBoolean(body, 'enable_thinking')
  const budget =
    readNumber(body, 'thinking_budget') ??
    (thinking === null ? null : readNumber(thinking, 'budget_tokens', 'thinking'))
  const type = thinking === null ? null : readString(thinking, 'type', 'thinking')
  if (effort === null && type === null && isEnabled === null && budget === null) return null
  if (effort === 'none' || type === 'disabled' || isEnabled === false) {
    return { enabled: false, effort: null, budgetTokens: null }
  }
  const level = effort === null ? null : (efforts.get(effort) ?? null)
  if (effort !== null && level === null) dropped.add('reasoning_effort')
  const isAsked = level !== null || type === 'enabled' || isEnabled === true || budget !== null
  return { enabled: isAsked ? true : null, effort: level, budgetTokens: budget }
}

const efforts: ReadonlyMap<string, NonNullable<Reasoning['effort']>> = new Map([
  ['minimal', 'minimal'],
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
  ['max', 'high'],
])
