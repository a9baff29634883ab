import type { ChatRequest, Reasoning, ResponseFormat, Tool, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { RequestHints } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  numberOf,
  objectOf,
  parseObject,
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
import { readMessages, readSystem } from './read-messages.ts'

const known = new Set([
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'additionalModelRequestFields',
  'outputConfig',
  'modelId',
])
const knownConfig = new Set(['maxTokens', 'temperature', 'topP', 'stopSequences'])
const efforts = ['minimal', 'low', 'medium', 'high'] as const

export function readConverseRequest(
  body: JsonObject,
  hints: RequestHints,
  dropped: DroppedFields,
): ChatRequest {
  dropUnknown(body, known, '', dropped)
  const config = readObject(body, 'inferenceConfig') ?? {}
  dropUnknown(config, knownConfig, 'inferenceConfig.', dropped)
  const fields = readObject(body, 'additionalModelRequestFields') ?? {}
  if ((body['messages'] ?? null) === null) throw new ProtocolError('messages is missing.', 'messages')
  const toolConfig = readObject(body, 'toolConfig') ?? {}
  const at = 'inferenceConfig'
  return {
    model: hints.model ?? readString(body, 'modelId') ?? '',
    messages: [...readSystem(body, dropped), ...readMessages(body, dropped)],
    tools: readTools(toolConfig, dropped),
    toolChoice: readToolChoice(toolConfig),
    parallelToolCalls: null,
    maxTokens: readNumber(config, 'maxTokens', at),
    temperature: readNumber(config, 'temperature', at),
    topP: readNumber(config, 'topP', at),
    stop: readStrings(config, 'stopSequences', at),
    ...readModelFields(fields, dropped),
    presencePenalty: null,
    frequencyPenalty: null,
    seed: null,
    choices: null,
    responseFormat: readFormat(body),
    user: null,
    stream: hints.stream,
    streamUsage: true,
  }
}

function dropUnknown(
  object: JsonObject,
  names: ReadonlySet<string>,
  prefix: string,
  dropped: DroppedFields,
): void {
  for (const [key, value] of Object.entries(object)) {
    if (!names.has(key) && value !== null) dropped.add(`${prefix}${key}`)
  }
}

function readTools(toolConfig: JsonObject, dropped: DroppedFields): readonly Tool[] {
  return readObjects(toolConfig, 'tools', 'toolConfig').flatMap((entry, index): readonly Tool[] => {
    const path = `toolConfig.tools[${index}]`
    const spec = readObject(entry, 'toolSpec', path)
    if (spec === null) {
      for (const key of Object.keys(entry)) dropped.add(`toolConfig.tools[].${key}`)
      return []
    }
    const schema = readObject(spec, 'inputSchema', `${path}.toolSpec`) ?? {}
    return [
      {
        name: requireString(spec, 'name', `${path}.toolSpec`),
        description: readString(spec, 'description', `${path}.toolSpec`),
        parameters: readObject(schema, 'json', `${path}.toolSpec.inputSchema`) ?? { type: 'object' },
        strict: readBoolean(spec, 'strict', `${path}.toolSpec`),
      },
    ]
  })
}

function readToolChoice(toolConfig: JsonObject): ToolChoice | null {
  const choice = readObject(toolConfig, 'toolChoice', 'toolConfig')
  if (choice === null) return null
  if (choice['any'] !== undefined) return { type: 'required' }
  if (choice['tool'] === undefined) return { type: 'auto' }
  const tool = readObject(choice, 'tool', 'toolConfig.toolChoice') ?? {}
  return { type: 'tool', name: requireString(tool, 'name', 'toolConfig.toolChoice.tool') }
}

/** Claude's words, and the one of OpenAI's open models. */
function readModelFields(
  fields: JsonObject,
  dropped: DroppedFields,
): { readonly topK: number | null; readonly reasoning: Reasoning | null } {
  const knownFields = new Set(['top_k', 'thinking', 'reasoning_effort'])
  dropUnknown(fields, knownFields, 'additionalModelRequestFields.', dropped)
  const thinking = objectOf(fields['thinking'])
  const type = textOf(thinking['type'])
  const effort = efforts.find((name) => name === fields['reasoning_effort']) ?? null
  const budgetTokens = numberOf(thinking['budget_tokens'])
  const isEnabled = type === 'disabled' ? false : type !== null || effort !== null ? true : null
  return {
    topK: readNumber(fields, 'top_k', 'additionalModelRequestFields'),
    reasoning: isEnabled === null ? null : { enabled: isEnabled, effort, budgetTokens },
  }
}

function readFormat(body: JsonObject): ResponseFormat | null {
  const textFormat = readObject(readObject(body, 'outputConfig') ?? {}, 'textFormat', 'outputConfig')
  if (textFormat === null) return null
  const path = 'outputConfig.textFormat.structure.jsonSchema'
  const definition = objectOf(objectOf(textFormat['structure'])['jsonSchema'])
  const schema = parseObject(requireString(definition, 'schema', path))
  if (schema === null) throw new ProtocolError(`${path}.schema must be an object in JSON.`, `${path}.schema`)
  return { type: 'json-schema', name: textOf(definition['name']) ?? 'response', schema, strict: null }
}
