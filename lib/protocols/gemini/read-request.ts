import type {
  ChatRequest,
  Message,
  Part,
  Reasoning,
  ResponseFormat,
  ToolChoice,
} from '@/lib/protocols/canonical.ts'
import type { RequestHints } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  readArray,
  readBoolean,
  readNumber,
  readObject,
  readObjects,
  readString,
  readStrings,
  textOf,
} from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { camelKeys } from './camel-keys.ts'
import { ConversationReader } from './conversation-reader.ts'
import { readTools } from './read-tools.ts'
import { fromGeminiSchema } from './schema.ts'

const known = new Set(['contents', 'systemInstruction', 'tools', 'toolConfig', 'generationConfig', 'model'])
const knownConfig = new Set([
  'maxOutputTokens',
  'temperature',
  'topP',
  'topK',
  'presencePenalty',
  'frequencyPenalty',
  'seed',
  'stopSequences',
  'candidateCount',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'thinkingConfig',
])

export function readGeminiRequest(raw: JsonObject, hints: RequestHints, dropped: DroppedFields): ChatRequest {
  const body = camelKeys(raw)
  dropUnknown(body, known, '', dropped)
  const config = camelKeys(readObject(body, 'generationConfig') ?? {})
  dropUnknown(config, knownConfig, 'generationConfig.', dropped)
  if (readArray(body, 'contents') === null) throw new ProtocolError('contents is missing.', 'contents')
  const at = 'generationConfig'
  return {
    model: hints.model ?? readString(body, 'model') ?? '',
    messages: [...readSystem(body), ...new ConversationReader(dropped).read(readObjects(body, 'contents'))],
    tools: readTools(body, dropped),
    toolChoice: readToolChoice(body, dropped),
    parallelToolCalls: null,
    maxTokens: readNumber(config, 'maxOutputTokens', at),
    temperature: readNumber(config, 'temperature', at),
    topP: readNumber(config, 'topP', at),
    topK: readNumber(config, 'topK', at),
    presencePenalty: readNumber(config, 'presencePenalty', at),
    frequencyPenalty: readNumber(config, 'frequencyPenalty', at),
    seed: readNumber(config, 'seed', at),
    stop: readStrings(config, 'stopSequences', at),
    choices: readNumber(config, 'candidateCount', at),
    responseFormat: readFormat(config),
    reasoning: readReasoning(config),
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

/** One text is enough for it, without parts. */
function readSystem(body: JsonObject): readonly Message[] {
  const parts = readObjects(readObject(body, 'systemInstruction') ?? {}, 'parts', 'systemInstruction')
  const texts = parts.flatMap((part): Part[] => {
    const text = textOf(part['text'])
    return text === null ? [] : [{ type: 'text', text }]
  })
  return texts.length === 0 ? [] : [{ role: 'system', parts: texts }]
}

function readToolChoice(body: JsonObject, dropped: DroppedFields): ToolChoice | null {
  const toolConfig = camelKeys(readObject(body, 'toolConfig') ?? {})
  const config = camelKeys(readObject(toolConfig, 'functionCallingConfig', 'toolConfig') ?? {})
  const path = 'toolConfig.functionCallingConfig'
  const [only, ...more] = readStrings(config, 'allowedFunctionNames', path)
  if (more.length > 0) dropped.add(`${path}.allowedFunctionNames`)
  switch (readString(config, 'mode', path)) {
    case 'AUTO':
    case 'VALIDATED':
      return { type: 'auto' }
    case 'NONE':
      return { type: 'none' }
    case 'ANY':
      return only !== undefined && more.length === 0 ? { type: 'tool', name: only } : { type: 'required' }
    default:
      return null
  }
}

function readFormat(config: JsonObject): ResponseFormat | null {
  const at = 'generationConfig'
  const jsonSchema = readObject(config, 'responseJsonSchema', at)
  const schema = readObject(config, 'responseSchema', at)
  if (jsonSchema !== null) return structured(jsonSchema)
  if (schema !== null) return structured(fromGeminiSchema(schema))
  switch (readString(config, 'responseMimeType', at)) {
    case 'application/json':
      return { type: 'json' }
    case 'text/plain':
      return { type: 'text' }
    default:
      return null
  }
}

/** OpenAI demands a name of few characters. */
function structured(schema: JsonObject): ResponseFormat {
  const title = textOf(schema['title'])
  const { title: _, ...besides } = schema
  return title !== null && /^[\w-]{1,64}$/.test(title)
    ? { type: 'json-schema', name: title, schema: besides, strict: null }
    : { type: 'json-schema', name: 'response', schema, strict: null }
}

function readReasoning(config: JsonObject): Reasoning | null {
  const thinking = readObject(config, 'thinkingConfig', 'generationConfig')
  if (thinking === null) return null
  const path = 'generationConfig.thinkingConfig'
  const fields = camelKeys(thinking)
  const budget = readNumber(fields, 'thinkingBudget', path)
  const level = readString(fields, 'thinkingLevel', path)?.toLowerCase()
  const isWanted =
    readBoolean(fields, 'includeThoughts', path) === true || budget !== null || level !== undefined
  return {
    enabled: budget === 0 ? false : isWanted ? true : null,
    effort: level === 'minimal' || level === 'low' || level === 'medium' || level === 'high' ? level : null,
    budgetTokens: budget !== null && budget > 0 ? budget : null,
  }
}
