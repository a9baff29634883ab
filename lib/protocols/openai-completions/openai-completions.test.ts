import { describeChatCodec } from '@/lib/protocols/testing/chat-codec-contract.ts'
import { recorded } from '@/lib/protocols/testing/recorded.ts'
import { openaiCompletions } from './openai-completions.ts'

const { json, dataEvents } = recorded(import.meta.url)

describeChatCodec({
  codec: openaiCompletions,
  requests: {
    'of few words': { model: 'gpt', prompt: 'Once upon' },
    'of one prompt in a list': {
      model: 'gpt',
      prompt: ['Once upon'],
      max_tokens: 16,
      stop: ['END'],
      suffix: 'after.',
      echo: true,
      stream: true,
      stream_options: { include_usage: true },
    },
  },
  replies: { 'of OpenAI': json('openai-completion-text.json') },
  streams: { 'of OpenAI': dataEvents('openai-completion-text.chunks.txt', 'data: [DONE]\n\n') },
  failures: {
    'of too many requests': {
      status: 429,
      body: { error: { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' } },
      kind: 'rate-limit',
    },
  },
  requestsLose: [
    'top_k',
    'tools',
    'tools.strict',
    'tool_choice',
    'parallel_tool_calls',
    'response_format.json',
    'response_format.json-schema',
    'reasoning',
    'system',
    'history',
    'image.url',
    'image.data',
    'image.detail',
    'file.data',
    'file.url',
    'file.name',
    'audio',
    'cached',
  ],
  answersLose: ['tool-calls', 'reasoning', 'redacted-reasoning', 'stop.sequence'],
  answersTranslate: ['refusal', 'stop.stop-sequence', 'stop.refusal', 'stop.pause', 'stop.other'],
})
