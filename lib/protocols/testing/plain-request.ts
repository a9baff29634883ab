import type { ChatRequest } from '@/lib/protocols/canonical.ts'

/** A request that says nothing but what every request must. */
export const plainRequest: ChatRequest = {
  model: 'model-a',
  messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hello' }] }],
  tools: [],
  toolChoice: null,
  parallelToolCalls: null,
  maxTokens: 4096,
  temperature: null,
  topP: null,
  topK: null,
  presencePenalty: null,
  frequencyPenalty: null,
  seed: null,
  stop: [],
  choices: null,
  responseFormat: null,
  reasoning: null,
  user: null,
  stream: false,
  streamUsage: false,
}
