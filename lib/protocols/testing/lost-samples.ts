import type { ChatReply, ChatRequest, Part, Usage } from '@/lib/protocols/canonical.ts'
import type { AnswerFeature, RequestFeature } from './carried.ts'
import { plainRequest } from './plain-request.ts'

const image = { kind: 'data', mediaType: 'image/png', data: 'aW1hZ2U=' } as const
const tool = { name: 'f', description: null, parameters: { type: 'object', properties: {} }, strict: null }

function said(...parts: Part[]): Partial<ChatRequest> {
  return { messages: [{ role: 'user', parts }] }
}

function answered(...parts: Part[]): Partial<ChatRequest> {
  return {
    tools: [tool],
    messages: [
      ...plainRequest.messages,
      { role: 'assistant', parts: [...parts, { type: 'text', text: 'Hi' }] },
      ...plainRequest.messages,
    ],
  }
}

function toolAnswered(
  parts: Array<{ type: 'text'; text: string } | { type: 'image'; source: typeof image; detail: null }>,
  isError: boolean,
): Partial<ChatRequest> {
  return {
    tools: [tool],
    messages: [
      ...plainRequest.messages,
      { role: 'assistant', parts: [{ type: 'tool-call', id: 'call_1', name: 'f', arguments: '{}' }] },
      { role: 'tool', parts: [{ type: 'tool-result', callId: 'call_1', name: 'f', parts, isError }] },
    ],
  }
}

/** For each feature, a request that has it. */
const requests: Record<RequestFeature, Partial<ChatRequest>> = {
  n: { choices: 2 },
  top_k: { topK: 5 },
  presence_penalty: { presencePenalty: 0.5 },
  frequency_penalty: { frequencyPenalty: 0.5 },
  seed: { seed: 7 },
  stop: { stop: ['END'] },
  user: { user: 'user-1' },
  temperature: { temperature: 0.5 },
  top_p: { topP: 0.5 },
  max_tokens: { maxTokens: 77 },
  parallel_tool_calls: { tools: [tool], parallelToolCalls: false },
  tool_choice: { tools: [tool], toolChoice: { type: 'required' } },
  tools: { tools: [tool] },
  'tools.strict': { tools: [{ ...tool, strict: true }] },
  'response_format.json': { responseFormat: { type: 'json' } },
  'response_format.json-schema': {
    responseFormat: {
      type: 'json-schema',
      name: 'r',
      schema: { type: 'object', properties: {} },
      strict: null,
    },
  },
  reasoning: { reasoning: { enabled: true, effort: null, budgetTokens: null } },
  'reasoning.effort': { reasoning: { enabled: true, effort: 'high', budgetTokens: null } },
  'reasoning.budget': { reasoning: { enabled: true, effort: null, budgetTokens: 2048 } },
  system: {
    messages: [{ role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] }, ...plainRequest.messages],
  },
  history: answered(),
  'image.url': said({
    type: 'image',
    source: { kind: 'url', url: 'https://images.example/a.png' },
    detail: null,
  }),
  'image.data': said({ type: 'image', source: image, detail: null }),
  'image.detail': said({ type: 'image', source: image, detail: 'low' }),
  'file.url': said({ type: 'file', source: { kind: 'url', url: 'https://files.example/a.pdf' }, name: null }),
  'file.data': said({ type: 'file', source: { ...image, mediaType: 'application/pdf' }, name: null }),
  'file.name': said({ type: 'file', source: { ...image, mediaType: 'application/pdf' }, name: 'a.pdf' }),
  audio: said({ type: 'audio', source: { ...image, mediaType: 'audio/wav' } }),
  cached: said({ type: 'text', text: 'Hello', cached: true }),
  'tool-result.error': toolAnswered([{ type: 'text', text: 'It broke.' }], true),
  'tool-result.image': toolAnswered([{ type: 'image', source: image, detail: null }], false),
  'reasoning-part.signed': answered({ type: 'reasoning', text: 'Hm', signature: 'c2ln' }),
  'reasoning-part.unsigned': answered({ type: 'reasoning', text: 'Hm', signature: null }),
  'redacted-reasoning': answered({ type: 'redacted-reasoning', data: 'cmVk' }),
  refusal: answered({ type: 'refusal', text: 'No.' }),
}

export function requestWith(feature: RequestFeature): ChatRequest {
  return { ...plainRequest, ...requests[feature] }
}

const usage: Usage = { input: 20, output: 20, cachedInput: null, cacheWriteInput: null, reasoning: null }

function reply(parts: readonly Part[], change: Partial<ChatReply> = {}): ChatReply {
  return {
    id: 'answer-1',
    model: 'model-a',
    createdAt: 1,
    choices: [{ index: 0, parts, stop: { reason: 'end', sequence: null } }],
    usage,
    ...change,
  }
}

const text: Part = { type: 'text', text: 'Hi' }
const choice = { index: 0, parts: [text], stop: { reason: 'end', sequence: null } } as const

/** Reasons to stop are words that change with the format; only what they say besides is lost. */
type NamedAnswerFeature = Exclude<AnswerFeature, `stop.${string}`> | 'stop.sequence'

const replies: Record<NamedAnswerFeature, ChatReply> = {
  choices: reply([], { choices: [choice, { ...choice, index: 1 }] }),
  'tool-calls': reply([{ type: 'tool-call', id: 'call_1', name: 'f', arguments: '{}' }]),
  reasoning: reply([{ type: 'reasoning', text: 'Hm', signature: null }, text]),
  'reasoning.signature': reply([{ type: 'reasoning', text: 'Hm', signature: 'c2ln' }, text]),
  'redacted-reasoning': reply([{ type: 'redacted-reasoning', data: 'cmVk' }, text]),
  refusal: reply([{ type: 'refusal', text: 'No.' }]),
  'stop.sequence': reply([], {
    choices: [{ index: 0, parts: [text], stop: { reason: 'stop-sequence', sequence: 'END' } }],
  }),
  usage: reply([text]),
  'usage.cached': reply([text], { usage: { ...usage, cachedInput: 5 } }),
  'usage.cache-write': reply([text], { usage: { ...usage, cacheWriteInput: 5 } }),
  'usage.reasoning': reply([text], { usage: { ...usage, reasoning: 5 } }),
}

export function isNamedWhenLost(feature: AnswerFeature): feature is NamedAnswerFeature {
  return feature in replies
}

export function replyWith(feature: NamedAnswerFeature): ChatReply {
  return replies[feature]
}
