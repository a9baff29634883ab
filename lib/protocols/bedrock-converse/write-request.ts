import type { ChatRequest, Message, Part, ResponseFormat, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'
import { noteMovedSystem } from '@/lib/protocols/moved-system.ts'
import { modelSettingsOf } from './model-settings.ts'
import { writeBlocks } from './write-blocks.ts'

export function writeConverseRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  noteDropped(request, dropped)
  const system = request.messages.filter((message) => message.role === 'system')
  const systemBlocks = system.flatMap(({ parts }) => parts.flatMap((part) => writeBlocks(part, dropped)))
  const settings = modelSettingsOf(request, dropped)
  const messages = writeMessages(request.messages, dropped)
  // What is only a system prompt is asked as the user's, since there must be a message.
  const isAlone = messages.length === 0 && systemBlocks.length > 0
  return present({
    messages: isAlone ? [{ role: 'user', content: systemBlocks }] : messages,
    system: systemBlocks.length > 0 && !isAlone ? systemBlocks : null,
    inferenceConfig: unlessEmpty(settings.inferenceConfig),
    toolConfig: writeToolConfig(request, dropped),
    additionalModelRequestFields: unlessEmpty(settings.additionalModelRequestFields),
    outputConfig: writeFormat(request.responseFormat, dropped),
  })
}

function unlessEmpty(object: JsonObject): JsonObject | null {
  return Object.keys(object).length > 0 ? object : null
}

function noteDropped(request: ChatRequest, dropped: DroppedFields): void {
  if (request.presencePenalty !== null) dropped.add('presence_penalty')
  if (request.frequencyPenalty !== null) dropped.add('frequency_penalty')
  if (request.seed !== null) dropped.add('seed')
  if (request.choices !== null && request.choices > 1) dropped.add('n')
  if (request.user !== null) dropped.add('user')
  if (request.parallelToolCalls === false) dropped.add('parallel_tool_calls')
  noteMovedSystem(request.messages, dropped)
}

/** Roles must alternate, and the results of parallel calls stand in one message. */
function writeMessages(messages: readonly Message[], dropped: DroppedFields): JsonObject[] {
  const written: { role: string; content: JsonObject[] }[] = []
  for (const message of messages) {
    if (message.role === 'system') continue
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const content = message.parts.flatMap((part) => writeRequestBlocks(part, dropped))
    const last = written.at(-1)
    if (last?.role === role) last.content.push(...content)
    else if (content.length > 0) written.push({ role, content })
  }
  return written
}

/** Claude refuses thoughts of a conversation that it has not signed. */
function writeRequestBlocks(part: Part, dropped: DroppedFields): readonly JsonObject[] {
  if (part.type !== 'reasoning' || part.signature !== null) return writeBlocks(part, dropped)
  dropped.add('reasoning_content')
  return []
}

/** Converse cannot forbid tools, but it demands their description where the conversation holds calls. */
function writeToolConfig(request: ChatRequest, dropped: DroppedFields): JsonObject | null {
  if (request.tools.length === 0) return null
  if (request.toolChoice?.type === 'none') {
    if (!holdsCalls(request.messages)) return null
    dropped.add('tool_choice')
  }
  const tools = request.tools.map((tool) => ({
    toolSpec: present({
      name: tool.name,
      description: tool.description,
      inputSchema: { json: tool.parameters },
      strict: tool.strict === true ? true : null,
    }),
  }))
  return present({ tools, toolChoice: writeToolChoice(request.toolChoice) })
}

function holdsCalls(messages: readonly Message[]): boolean {
  return messages.some(({ parts }) =>
    parts.some((part) => part.type === 'tool-call' || part.type === 'tool-result'),
  )
}

function writeToolChoice(choice: ToolChoice | null): JsonObject | null {
  switch (choice?.type) {
    case 'auto':
      return { auto: {} }
    case 'required':
      return { any: {} }
    case 'tool':
      return { tool: { name: choice.name } }
    default:
      return null
  }
}

/** A schema travels as text. */
function writeFormat(format: ResponseFormat | null, dropped: DroppedFields): JsonObject | null {
  if (format === null || format.type === 'text') return null
  if (format.type === 'json') {
    dropped.add('response_format')
    return null
  }
  const jsonSchema = { name: format.name, schema: stringifyExact(format.schema) }
  return { textFormat: { type: 'json_schema', structure: { jsonSchema } } }
}
