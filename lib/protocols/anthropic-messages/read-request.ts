import type { ChatRequest, Reasoning, ResponseFormat, Tool, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { RequestHints } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
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
import { structuredAnswerName, structuredFormatOf } from '@/lib/protocols/structured-answer.ts'
import { MessagesReader } from './messages-reader.ts'

export function readAnthropicRequest(
  body: JsonObject,
  hints: RequestHints,
  dropped: DroppedFields,
): ChatRequest {
  for (const [name, value] of Object.entries(body)) {
    if (!known.has(name) && value !== null) dropped.add(name)
  }
  const maxTokens = readNumber(body, 'max_tokens')
  if (maxTokens === null) throw new ProtocolError('max_tokens is missing.', 'max_tokens')
  const tools = readTools(body, dropped)
  const structured = tools.find(({ name }) => name === structuredAnswerName)
  const choice = readObject(body, 'tool_choice')
  return {
    model: hints.model ?? requireString(body, 'model'),
    messages: new MessagesReader(dropped).read(body),
    tools: tools.filter((tool) => tool !== structured),
    toolChoice: choice === null || structured !== undefined ? null : readToolChoice(choice),
    parallelToolCalls: parallelToolCalls(choice),
    maxTokens,
    temperature: readNumber(body, 'temperature'),
    topP: readNumber(body, 'top_p'),
    topK: readNumber(body, 'top_k'),
    presencePenalty: null,
    frequencyPenalty: null,
    seed: null,
    stop: readStrings(body, 'stop_sequences'),
    choices: null,
    responseFormat: structured === undefined ? readFormat(body) : structuredFormatOf(structured),
    reasoning: readReasoning(body, dropped),
    user: readString(readObject(body, 'metadata') ?? {}, 'user_id', 'metadata'),
    stream: readBoolean(body, 'stream') ?? hints.stream,
    streamUsage: true,
  }
}

/** `anthropic_version` only says which edition of the format this is. */
const known = new Set([
  'model',
  'messages',
  'system',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'metadata',
  'tools',
  'tool_choice',
  'thinking',
  'output_config',
  'output_format',
  'stream',
  'anthropic_version',
])

/** Tools that Anthropic itself runs or has defined have no like elsewhere. */
function readTools(body: JsonObject, dropped: DroppedFields): readonly Tool[] {
  const tools: Tool[] = []
  for (const [index, tool] of readObjects(body, 'tools').entries()) {
    const path = `tools[${index}]`
    const type = readString(tool, 'type', path) ?? 'custom'
    if (type !== 'custom') {
      dropped.add(`tools[].${type}`)
      continue
    }
    if ((tool['cache_control'] ?? null) !== null) dropped.add('tools[].cache_control')
    tools.push({
      name: requireString(tool, 'name', path),
      description: readString(tool, 'description', path),
      parameters: readObject(tool, 'input_schema', path) ?? { type: 'object', properties: {} },
      strict: readBoolean(tool, 'strict', path),
    })
  }
  return tools
}

function readToolChoice(choice: JsonObject): ToolChoice {
  switch (readString(choice, 'type', 'tool_choice')) {
    case 'auto':
      return { type: 'auto' }
    case 'any':
      return { type: 'required' }
    case 'none':
      return { type: 'none' }
    case 'tool':
      return { type: 'tool', name: requireString(choice, 'name', 'tool_choice') }
    default:
      throw new ProtocolError('tool_choice.type must be "auto", "any", "tool" or "none".', 'tool_choice.type')
  }
}

function parallelToolCalls(choice: JsonObject | null): boolean | null {
  if (choice === null) return null
  const isDisabled = readBoolean(choice, 'disable_parallel_tool_use', 'tool_choice')
  return isDisabled === null ? null : !isDisabled
}

/** `output_format` is what `output_config.format` was called before. */
function readFormat(body: JsonObject): ResponseFormat | null {
  const config = readObject(body, 'output_config') ?? {}
  const format = readObject(config, 'format', 'output_config') ?? readObject(body, 'output_format')
  if (format === null) return null
  const schema = readObject(format, 'schema', 'output_config.format')
  if (readString(format, 'type', 'output_config.format') !== 'json_schema' || schema === null) {
    throw new ProtocolError(
      'output_config.format must have the type "json_schema" and a schema.',
      'output_config.format',
    )
  }
  return { type: 'json-schema', name: 'response', schema, strict: null }
}

function readReasoning(body: JsonObject, dropped: DroppedFields): Reasoning | null {
  const thinking = readObject(body, 'thinking')
  const told = readString(readObject(body, 'output_config') ?? {}, 'effort', 'output_config')
  const effort = told === null ? null : (efforts.get(told) ?? null)
  if (told !== null && effort === null) dropped.add('output_config.effort')
  if (thinking === null) return effort === null ? null : { enabled: null, effort, budgetTokens: null }
  const type = readString(thinking, 'type', 'thinking')
  if (type === 'disabled') return { enabled: false, effort: null, budgetTokens: null }
  const budgetTokens = readNumber(thinking, 'budget_tokens', 'thinking')
  return { enabled: true, effort, budgetTokens }
}

const efforts: ReadonlyMap<string, NonNullable<Reasoning['effort']>> = new Map([
  ['low', 'low'],
  ['medium', 'medium'],
  ['high', 'high'],
  ['xhigh', 'high'],
  ['max', 'high'],
])
