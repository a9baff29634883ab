import { describeChatCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { recorded } from '@/lib/protocols/testing/recorded.ts'
import { openaiChat } from './openai-chat.ts'

const { bytes, json, dataEvents } = recorded(import.meta.url)
const done = 'data: [DONE]\n\n'

describeChatCodec({
  codec: openaiChat,
  requests: {
    'of few words': { model: 'gpt', messages: [{ role: 'user', content: 'Hello' }] },
    'of all fields': {
      model: 'gpt',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      ],
      max_completion_tokens: 100,
      temperature: 0.5,
      top_p: 0.9,
      presence_penalty: 1,
      frequency_penalty: -1,
      seed: 7,
      stop: 'END',
      n: 2,
      user: 'someone',
      reasoning_effort: 'high',
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', strict: true, schema: { type: 'object', properties: {} } },
      },
      stream: true,
      stream_options: { include_usage: true },
      logprobs: true,
      top_logprobs: 2,
      logit_bias: { '50256': -100 },
      store: false,
      metadata: { a: 'b' },
    },
    'of pictures, sound and files': {
      model: 'gpt',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What are these?' },
            { type: 'image_url', image_url: { url: 'https://images.example/a.png', detail: 'low' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,aW1hZ2U=' } },
            { type: 'input_audio', input_audio: { data: 'c291bmQ=', format: 'mp3' } },
            { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,cGRm' } },
            { type: 'file', file: { file_id: 'file-1' } },
            { type: 'video_url', video_url: { url: 'https://videos.example/a.mp4' } },
          ],
        },
      ],
    },
    'of tools': {
      model: 'gpt',
      messages: [
        { role: 'user', content: 'Weather in Paris and Rome?', name: 'ann' },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'Two calls.',
          tool_calls: [
            { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } },
            { id: 'c2', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
          ],
        },
        { role: 'tool', tool_call_id: 'c1', content: '21 °C' },
        { role: 'tool', tool_call_id: 'c2', content: [{ type: 'text', text: '25 °C' }] },
      ],
      tools: [
        {
          type: 'function',
          function: { name: 'weather', description: 'Weather', parameters: { type: 'object' } },
        },
        { type: 'custom', custom: { name: 'free' } },
      ],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      parallel_tool_calls: false,
    },
    'of functions, as tools once were': {
      model: 'gpt',
      messages: [
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: null, function_call: { name: 'weather', arguments: '{}' } },
        { role: 'function', name: 'weather', content: '21 °C' },
      ],
      functions: [{ name: 'weather', parameters: { type: 'object', properties: {} } }],
      function_call: 'auto',
    },
    'of a refusal': {
      model: 'gpt',
      messages: [
        { role: 'user', content: 'Do harm.' },
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
        { role: 'user', content: 'Then do good.' },
      ],
    },
  },
  replies: {
    'of OpenAI': json('openai-text.json'),
    'of DeepSeek with reasoning': json('deepseek-text.json'),
    'of DeepSeek with a tool call': json('deepseek-tool-call.json'),
    'of Model Studio': json('alibaba-text.json'),
    'of Model Studio with a tool call': json('alibaba-tool-call.json'),
    'of Moonshot': json('moonshotai-text.json'),
    'without content': json('openai-null-content.json'),
    'without usage': json('openai-null-usage.json'),
  },
  streams: {
    'of OpenAI': dataEvents('openai-text.chunks.txt', done),
    'of Azure': dataEvents('azure-model-router.1.chunks.txt', done),
    'of DeepSeek with a tool call': dataEvents('deepseek-tool-call.chunks.txt', done),
    'of Model Studio with a tool call': dataEvents('alibaba-tool-call.chunks.txt', done),
    'of Moonshot, which ends without [DONE]': dataEvents('moonshotai-stream.chunks.txt'),
    'without usage': bytes('openai-chat-streaming-no-usage.sse'),
    'with a tool call': bytes('openai-chat-streaming-with-tool-calls.sse'),
    'with usage of null': bytes('protocol-conversion-deepseek-usage-null.sse'),
    'with empty events': bytes('protocol-conversion-empty-sse-frames.sse'),
    'with usage in a chunk without choices': bytes('protocol-conversion-usage-only-final-chunk.sse'),
  },
  failures: {
    'of a wrong key': {
      status: 401,
      body: {
        error: { message: 'Wrong key.', type: 'invalid_request_error', param: null, code: 'invalid_api_key' },
      },
      kind: 'authentication',
    },
    'of an unknown model': {
      status: 404,
      body: { error: { message: 'No such model.', type: 'invalid_request_error', code: 'model_not_found' } },
      kind: 'not-found',
    },
    'of a wrong field': {
      status: 400,
      body: { error: { message: 'Wrong.', type: 'invalid_request_error', param: 'temperature', code: null } },
      kind: 'invalid-request',
    },
    'of no money left': {
      status: 429,
      body: { error: { message: 'Pay.', type: 'insufficient_quota', code: 'insufficient_quota' } },
      kind: 'quota',
    },
    'of too many requests': {
      status: 429,
      body: { error: { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' } },
      kind: 'rate-limit',
    },
    'of filtered content': {
      status: 400,
      body: { error: { message: 'Filtered.', code: 'content_filter', type: null } },
      kind: 'content-filter',
    },
    'of an overload': {
      status: 503,
      body: { error: { message: 'Busy.', type: 'overloaded_error' } },
      kind: 'overloaded',
    },
    'of vLLM': {
      status: 404,
      body: { object: 'error', message: 'No such model.', code: 404 },
      kind: 'not-found',
    },
    'of FastAPI': { status: 500, body: { detail: 'It broke.' }, kind: 'upstream' },
    'in a list': { status: 403, body: [{ error: { message: 'Not yours.', code: 403 } }], kind: 'permission' },
    'of a page': { status: 502, body: null, kind: 'upstream' },
  },
  requestsLose: [
    'top_k',
    'file.url',
    'cached',
    'tool-result.error',
    'reasoning-part.signed',
    'redacted-reasoning',
  ],
  requestsTranslate: ['reasoning.budget', 'tool-result.image'],
  answersLose: ['reasoning.signature', 'redacted-reasoning', 'stop.sequence'],
  answersTranslate: ['stop.stop-sequence', 'stop.refusal', 'stop.pause', 'stop.other'],
})
