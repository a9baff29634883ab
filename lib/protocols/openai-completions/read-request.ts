import type { ChatRequest } from '@/lib/protocols/canonical.ts'
import type { RequestHints } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  readBoolean,
  readNumber,
  readObject,
  readString,
  requireString,
} from '@/lib/protocols/json-reading.ts'
import { readStop } from '@/lib/protocols/openai-chat/read-request.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** The prompt becomes the user's only message. */
export function readCompletionRequest(
  body: JsonObject,
  hints: RequestHints,
  dropped: DroppedFields,
): ChatRequest {
  for (const [name, value] of Object.entries(body)) {
    if (!known.has(name) && (value ?? false) !== false) dropped.add(name)
  }
  return {
    model: hints.model ?? requireString(body, 'model'),
    messages: [{ role: 'user', parts: [{ type: 'text', text: readPrompt(body) }] }],
    tools: [],
    toolChoice: null,
    parallelToolCalls: null,
    maxTokens: readNumber(body, 'max_tokens'),
    temperature: readNumber(body, 'temperature'),
    topP: readNumber(body, 'top_p'),
    topK: readNumber(body, 'top_k'),
    presencePenalty: readNumber(body, 'presence_penalty'),
    frequencyPenalty: readNumber(body, 'frequency_penalty'),
    seed: readNumber(body, 'seed'),
    stop: readStop(body),
    choices: readNumber(body, 'n'),
    responseFormat: null,
    reasoning: null,
    user: readString(body, 'user'),
    stream: readBoolean(body, 'stream') ?? false,
    streamUsage:
      readBoolean(readObject(body, 'stream_options') ?? {}, 'include_usage', 'stream_options') ?? false,
  }
}

const known = new Set([
  'model',
  'prompt',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'presence_penalty',
  'frequency_penalty',
  'seed',
  'stop',
  'n',
  'user',
  'stream',
  'stream_options',
])

function readPrompt(body: JsonObject): string {
  const prompt = body['prompt'] ?? null
  const text = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt
  if (typeof text === 'string' && text !== '') return text
  throw new ProtocolError(
    'prompt must be one text: this service takes neither several prompts nor tokens.',
    'prompt',
  )
}
