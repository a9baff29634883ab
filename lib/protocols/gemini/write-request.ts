import type { ChatRequest, Message, Reasoning, ToolChoice } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { objectOf, present } from '@/lib/protocols/json-reading.ts'
import { noteMovedSystem } from '@/lib/protocols/moved-system.ts'
import { isThirdGeneration, signatureOfOthers } from './model-generation.ts'
import { toGeminiSchema } from './schema.ts'
import { writePart } from './write-parts.ts'

export function writeGeminiRequest(request: ChatRequest, dropped: DroppedFields): JsonObject {
  const system = request.messages.filter((message) => message.role === 'system')
  const others = request.messages.filter((message) => message.role !== 'system')
  noteMovedSystem(request.messages, dropped)
  if (request.user !== null) dropped.add('user')
  if (request.parallelToolCalls === false) dropped.add('parallel_tool_calls')
  const contents = writeContents(others, request.model, dropped)
  const instruction = system.flatMap(({ parts }) =>
    parts.flatMap((part) => writePart(part, new Map(), dropped)),
  )
  const body: JsonObject = { contents }
  // What is only a system prompt is asked as the user's, since there must be a content.
  if (contents.length === 0 && instruction.length > 0) contents.push({ role: 'user', parts: instruction })
  else if (instruction.length > 0) body['systemInstruction'] = { parts: instruction }
  if (request.tools.length > 0) body['tools'] = [{ functionDeclarations: writeTools(request, dropped) }]
  const toolConfig = writeToolChoice(request.toolChoice)
  if (toolConfig !== null) body['toolConfig'] = { functionCallingConfig: toolConfig }
  const config = writeConfig(request, dropped)
  if (Object.keys(config).length > 0) body['generationConfig'] = config
  return body
}

/** Neighbours of one role become one content: the answers to parallel calls must stand together. */
function writeContents(messages: readonly Message[], model: string, dropped: DroppedFields): JsonObject[] {
  const contents: { role: string; parts: JsonObject[] }[] = []
  const names = namesOfCalls(messages)
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'model' : 'user'
    const parts = message.parts.flatMap((part) => writePart(part, names, dropped))
    const last = contents.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else if (parts.length > 0) contents.push({ role, parts: [...parts] })
  }
  if (isThirdGeneration(model)) contents.forEach(signFirstCall)
  return contents
}

function signFirstCall(content: { role: string; parts: JsonObject[] }): void {
  const first = content.parts.find((part) => part['functionCall'] !== undefined)
  if (first !== undefined) first['thoughtSignature'] ??= signatureOfOthers
}

/** Results are told by the tool's name there; elsewhere only the call's id may be known. */
function namesOfCalls(messages: readonly Message[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const message of messages) {
    for (const part of message.parts) {
      if (part.type === 'tool-call') names.set(part.id, part.name)
    }
  }
  return names
}

function writeTools(request: ChatRequest, dropped: DroppedFields): JsonObject[] {
  return request.tools.map((tool) => {
    if (tool.strict === true) dropped.add('tools[].strict')
    const parameters = toGeminiSchema(tool.parameters, 'tools[].parameters', dropped)
    const isEmpty = Object.keys(objectOf(parameters['properties'])).length === 0
    const takesNothing = parameters['type'] === 'object' || Object.keys(parameters).length === 0
    return present({
      name: tool.name,
      description: tool.description,
      parameters: isEmpty && takesNothing ? null : parameters,
    })
  })
}

function writeToolChoice(choice: ToolChoice | null): JsonObject | null {
  switch (choice?.type) {
    case undefined:
      return null
    case 'auto':
      return { mode: 'AUTO' }
    case 'none':
      return { mode: 'NONE' }
    case 'required':
      return { mode: 'ANY' }
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] }
  }
}

function writeConfig(request: ChatRequest, dropped: DroppedFields): JsonObject {
  return present({
    maxOutputTokens: request.maxTokens,
    temperature: request.temperature,
    topP: request.topP,
    topK: request.topK,
    presencePenalty: request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty,
    seed: request.seed,
    stopSequences: request.stop.length > 0 ? request.stop : null,
    candidateCount: request.choices,
    thinkingConfig: request.reasoning === null ? null : writeReasoning(request.reasoning, request.model),
    ...writeFormat(request, dropped),
  })
}

function writeFormat({ responseFormat }: ChatRequest, dropped: DroppedFields): JsonObject {
  if (responseFormat === null) return {}
  if (responseFormat.type === 'text') return { responseMimeType: 'text/plain' }
  if (responseFormat.type === 'json') return { responseMimeType: 'application/json' }
  const schema = toGeminiSchema(responseFormat.schema, 'response_format.json_schema.schema', dropped)
  return {
    responseMimeType: 'application/json',
    responseSchema: { title: responseFormat.name, ...schema },
  }
}

/** Budgets that Google gives for the efforts of OpenAI (Gemini API, "OpenAI compatibility"). */
const budgets = { minimal: 1024, low: 1024, medium: 8192, high: 24_576 } as const

function writeReasoning(reasoning: Reasoning, model: string): JsonValue {
  if (reasoning.enabled === false) return { thinkingBudget: 0 }
  const config: JsonObject = { includeThoughts: true }
  if (reasoning.budgetTokens !== null) config['thinkingBudget'] = reasoning.budgetTokens
  else if (reasoning.effort !== null && isThirdGeneration(model)) config['thinkingLevel'] = reasoning.effort
  else if (reasoning.effort !== null) config['thinkingBudget'] = budgets[reasoning.effort]
  return config
}
