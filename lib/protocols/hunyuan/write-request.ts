import type { ChatRequest, MediaSource, Message, Part, ToolResultPart } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'
import { noteMovedSystem } from '@/lib/protocols/moved-system.ts'

/** `ChatCompletions` of 2023-09-01. It limits no tokens and knows no format of the answer. */
export function writeHunyuanRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  dropUnknown(request, dropped)
  return present({
    Model: request.model,
    Messages: inTurns(request.messages, dropped).flatMap((message) => writeMessage(message, dropped)),
    Stream: request.stream,
    Temperature: request.temperature,
    TopP: request.topP,
    Seed: request.seed,
    Stop: request.stop.length > 0 ? request.stop : null,
    EnableThinking: request.reasoning === null ? null : (request.reasoning.enabled ?? true),
    ...writeTools(request, dropped),
  })
}

function dropUnknown(request: ChatRequest, dropped: DroppedFields): void {
  const unknown: readonly (readonly [string, boolean])[] = [
    ['max_tokens', request.maxTokens !== null],
    ['top_k', request.topK !== null],
    ['presence_penalty', request.presencePenalty !== null],
    ['frequency_penalty', request.frequencyPenalty !== null],
    ['n', (request.choices ?? 1) > 1],
    ['user', request.user !== null],
    ['parallel_tool_calls', request.parallelToolCalls === false],
    ['response_format', request.responseFormat !== null && request.responseFormat.type !== 'text'],
    ['reasoning_effort', request.reasoning?.effort != null],
    ['thinking.budget_tokens', request.reasoning?.budgetTokens != null],
  ]
  for (const [name, isSet] of unknown) if (isSet) dropped.add(name)
}

/** The schema of a tool travels as text. */
function writeTools(request: ChatRequest, dropped: DroppedFields): JsonObject {
  if (request.tools.length === 0) return {}
  if (request.tools.some((tool) => tool.strict === true)) dropped.add('tools[].strict')
  const tools = request.tools.map((tool) => ({
    Type: 'function',
    Function: present({
      Name: tool.name,
      Description: tool.description,
      Parameters: stringifyExact(tool.parameters),
    }),
  }))
  const choice = request.toolChoice
  if (choice?.type === 'required') dropped.add('tool_choice')
  if (choice?.type === 'auto' || choice?.type === 'none') return { Tools: tools, ToolChoice: choice.type }
  if (choice?.type !== 'tool') return { Tools: tools }
  const named = tools.find((tool) => tool.Function['Name'] === choice.name)
  return { Tools: tools, ToolChoice: 'custom', CustomTool: named }
}

/** The system speaks once and first, and user and assistant in turns: neighbours of one role become one message. */
function inTurns(messages: readonly Message[], dropped: DroppedFields): readonly Message[] {
  noteMovedSystem(messages, dropped)
  const turns: Message[] = []
  const isSystem = ({ role }: Message) => role === 'system'
  for (const message of [...messages.filter(isSystem), ...messages.filter((each) => !isSystem(each))]) {
    const last = turns.at(-1)
    if (last?.role !== message.role) turns.push(message)
    else turns.splice(-1, 1, { role: last.role, parts: joined(last, message) })
  }
  return turns
}

function joined(first: Message, second: Message): readonly Part[] {
  const isBetweenTexts = first.parts.at(-1)?.type === 'text' && second.parts[0]?.type === 'text'
  return [
    ...first.parts,
    ...(isBetweenTexts ? [{ type: 'text', text: '\n\n' } as const] : []),
    ...second.parts,
  ]
}

function writeMessage(message: Message, dropped: DroppedFields): readonly JsonObject[] {
  const { role, parts } = message
  if (role === 'tool') return parts.filter(isResult).map((part) => writeResult(part, dropped))
  const written: JsonObject = { Role: role, ...writeContent(parts, dropped) }
  const calls = parts.filter((part) => part.type === 'tool-call')
  if (calls.some((call) => call.signature !== undefined)) dropped.add('thought_signature')
  if (calls.length > 0) {
    written['ToolCalls'] = calls.map((call, index) => ({
      Id: call.id,
      Type: 'function',
      Function: { Name: call.name, Arguments: call.arguments },
      Index: index,
    }))
  }
  return [written]
}

function isResult(part: Part): part is ToolResultPart {
  return part.type === 'tool-result'
}

function writeResult(result: ToolResultPart, dropped: DroppedFields): JsonObject {
  if (result.isError) dropped.add('is_error')
  if (result.parts.some((part) => part.type === 'image')) dropped.add('image_url')
  const texts = result.parts.map((part) => (part.type === 'text' ? part.text : ''))
  return { Role: 'tool', Content: texts.join('\n'), ToolCallId: result.callId }
}

/** A text, or with pictures an array of `Contents`. */
function writeContent(parts: readonly Part[], dropped: DroppedFields): JsonObject {
  const contents = parts.flatMap((part) => writePart(part, dropped))
  if (contents.some((content) => content['Type'] !== 'text')) return { Contents: contents }
  return { Content: contents.map((content) => content['Text'] ?? '').join('') }
}

function writePart(part: Part, dropped: DroppedFields): readonly JsonObject[] {
  switch (part.type) {
    case 'text':
      if (part.cached === true) dropped.add('cache_control')
      return [{ Type: 'text', Text: part.text }]
    case 'refusal':
      dropped.add('refusal')
      return [{ Type: 'text', Text: part.text }]
    case 'image':
      if (part.detail !== null && part.detail !== 'auto') dropped.add('image_url.detail')
      return [{ Type: 'image_url', ImageUrl: { Url: addressOf(part.source) } }]
    case 'file':
      dropped.add('file')
      return []
    case 'audio':
      dropped.add('input_audio')
      return []
    case 'reasoning':
      dropped.add('reasoning_content')
      return []
    case 'redacted-reasoning':
      dropped.add('redacted_thinking')
      return []
    default:
      return []
  }
}

function addressOf(source: MediaSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
}
