import type { ChatRequest, Message, Tool } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { plainRequest } from '@/lib/protocols/testing/plain-request.ts'

export const prompt = 'How many roads must a man walk down?'
export const toolPrompt = 'Ask get_weather and get_time about Paris.'

function says(role: Message['role'], text: string): Message {
  return { role, parts: [{ type: 'text', text }] }
}

function tool(name: string): Tool {
  const parameters: JsonObject = {
    type: 'object',
    properties: { city: { type: 'string', description: 'A city.' } },
    required: ['city'],
  }
  return { name, description: `Answers for ${name}.`, parameters, strict: null }
}

export function chatRequest(model: string, changes: Partial<ChatRequest> = {}): ChatRequest {
  return {
    ...plainRequest,
    model,
    messages: [says('system', 'Be brief.'), says('user', prompt)],
    maxTokens: 300,
    temperature: 0.5,
    ...changes,
  }
}

export function toolRequest(model: string, changes: Partial<ChatRequest> = {}): ChatRequest {
  return chatRequest(model, {
    messages: [says('user', toolPrompt)],
    tools: [tool('get_weather'), tool('get_time')],
    toolChoice: { type: 'auto' },
    ...changes,
  })
}

/** The second turn: both calls with what they came to. */
export function toolResultRequest(
  model: string,
  calls: ReadonlyArray<{ readonly id: string; readonly name: string; readonly arguments: string }>,
): ChatRequest {
  const asked: Message = {
    role: 'assistant',
    parts: calls.map((call) => ({
      type: 'tool-call',
      id: call.id,
      name: call.name,
      arguments: call.arguments,
    })),
  }
  const results: Message = {
    role: 'tool',
    parts: calls.map(({ id, name }) => ({
      type: 'tool-result',
      callId: id,
      name,
      parts: [{ type: 'text', text: `${name} says fine.` }],
      isError: false,
    })),
  }
  return toolRequest(model, { messages: [says('user', toolPrompt), asked, results] })
}
