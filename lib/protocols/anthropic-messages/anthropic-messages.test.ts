import { describeChatCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { recorded } from '@/lib/protocols/testing/recorded.ts'
import { anthropicMessages } from './anthropic-messages.ts'

const { bytes, json, namedEvents } = recorded(import.meta.url)

const error = (type: string) => ({
  type: 'error',
  error: { type, message: `It is ${type}.` },
  request_id: 'req_1',
})

describeChatCodec({
  codec: anthropicMessages,
  requests: {
    'of few words': { model: 'claude', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] },
    'of all fields': {
      model: 'claude',
      max_tokens: 4000,
      system: [
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: 'Long instructions.', cache_control: { type: 'ephemeral' } },
      ],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] },
        { role: 'assistant', content: 'Hello.' },
        { role: 'user', content: 'And now?' },
      ],
      temperature: 0.5,
      top_k: 5,
      stop_sequences: ['END'],
      metadata: { user_id: 'someone' },
      service_tier: 'auto',
      stream: true,
    },
    'of pictures and documents': {
      model: 'claude',
      max_tokens: 100,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aW1hZ2U=' } },
            { type: 'image', source: { type: 'url', url: 'https://images.example/a.png' } },
            { type: 'image', source: { type: 'file', file_id: 'file_1' } },
            {
              type: 'document',
              source: { type: 'base64', media_type: 'application/pdf', data: 'cGRm' },
              title: 'A',
            },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Words' } },
            { type: 'text', text: 'What are these?' },
          ],
        },
      ],
    },
    'of tools, parallel and failed': {
      model: 'claude',
      max_tokens: 4000,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      messages: [
        { role: 'user', content: 'Weather in Paris and Rome?' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Two calls.', signature: 'c2ln' },
            { type: 'redacted_thinking', data: 'cmVk' },
            { type: 'text', text: 'Let me see.' },
            { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Paris' } },
            { type: 'tool_use', id: 'toolu_2', name: 'weather', input: { city: 'Rome' } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'toolu_1', content: '21 °C' },
            {
              type: 'tool_result',
              tool_use_id: 'toolu_2',
              is_error: true,
              content: [
                { type: 'text', text: 'No such place.' },
                { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aW1hZ2U=' } },
              ],
            },
            { type: 'text', text: 'And tomorrow?' },
          ],
        },
      ],
      tools: [
        { name: 'weather', description: 'Weather', input_schema: { type: 'object' } },
        { type: 'web_search_20250305', name: 'web_search' },
      ],
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    },
    'of a schema for the answer': {
      model: 'claude',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Where?' }],
      output_config: {
        format: { type: 'json_schema', schema: { type: 'object', properties: { city: { type: 'string' } } } },
      },
    },
  },
  replies: {
    'of text': json('anthropic-text.json'),
    'of thoughts': json('anthropic-clear-thinking.1.json'),
    'of a refusal': json('anthropic-refusal.json'),
    'of a tool without arguments': json('anthropic-tool-no-args.json'),
    'of JSON by a tool': json('anthropic-json-tool.1.json'),
  },
  streams: {
    'of text': namedEvents('anthropic-text.chunks.txt'),
    'of thoughts': namedEvents('anthropic-clear-thinking.1.chunks.txt'),
    'of a refusal': namedEvents('anthropic-refusal.chunks.txt'),
    'of a tool without arguments': namedEvents('anthropic-tool-no-args.chunks.txt'),
    'of JSON by a tool': namedEvents('anthropic-json-tool.1.chunks.txt'),
    'with input counted again': namedEvents('anthropic-message-delta-input-tokens.chunks.txt'),
    'with a cache': bytes('anthropic-messages-streaming-with-cache.sse'),
    'with a tool and nothing more': bytes('anthropic-messages-streaming-with-tool-use.sse'),
  },
  failures: {
    'of a wrong field': { status: 400, body: error('invalid_request_error'), kind: 'invalid-request' },
    'of a wrong key': { status: 401, body: error('authentication_error'), kind: 'authentication' },
    'of no money left': { status: 402, body: error('billing_error'), kind: 'quota' },
    'of a right that is missing': { status: 403, body: error('permission_error'), kind: 'permission' },
    'of an unknown model': { status: 404, body: error('not_found_error'), kind: 'not-found' },
    'of a body too large': { status: 413, body: error('request_too_large'), kind: 'too-large' },
    'of too many requests': { status: 429, body: error('rate_limit_error'), kind: 'rate-limit' },
    'of its own': { status: 500, body: error('api_error'), kind: 'upstream' },
    'of time': { status: 504, body: error('timeout_error'), kind: 'timeout' },
    'of an overload': { status: 529, body: error('overloaded_error'), kind: 'overloaded' },
    'of a page': { status: 502, body: '<html>', kind: 'upstream' },
  },
  requestsLose: [
    'n',
    'presence_penalty',
    'frequency_penalty',
    'seed',
    'image.detail',
    'audio',
    'response_format.json',
    'reasoning-part.unsigned',
    'tools.strict',
  ],
  requestsTranslate: ['refusal', 'reasoning.effort', 'top_p'],
  answersLose: ['choices', 'usage.reasoning'],
  answersTranslate: ['refusal', 'stop.content-filter', 'stop.other'],
})
