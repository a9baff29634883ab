import type { ApiType } from '@/lib/domain/api-type.ts'
import { pythonLiteral, quote } from './code-literal.ts'
import { pythonToken } from './python.ts'
import type { SnippetInput } from './snippet-input.ts'

interface SdkCall {
  /** What the SDK appends to its base address. */
  readonly tail: string
  readonly method: string
  readonly answer: string
  readonly streamed: string | null
}

const calls: Partial<Record<ApiType, SdkCall>> = {
  'openai-chat': {
    tail: '/chat/completions',
    method: 'chat.completions.create',
    answer: 'print(answer.choices[0].message.content)',
    streamed: 'print(chunk.choices[0].delta.content or "", end="", flush=True)',
  },
  'openai-embeddings': {
    tail: '/embeddings',
    method: 'embeddings.create',
    answer: 'print(answer.data[0].embedding)',
    streamed: null,
  },
}

export function openaiSdkSpeaks(apiType: ApiType): boolean {
  return calls[apiType] !== undefined
}

/** With the openai package. Null when the SDK cannot reach this address, which ends in the path it appends. */
export function openaiSdkSnippet(input: SnippetInput): string | null {
  const call = calls[input.apiType]
  if (!call?.streamed && input.streaming) return null
  if (call === undefined || !input.url.endsWith(call.tail)) return null
  const client = [
    'client = OpenAI(',
    `    base_url=${quote(input.url.slice(0, -call.tail.length))},`,
    `    api_key=${pythonToken(input.token)},`,
    ')',
  ].join('\n')
  const parameters = Object.entries(input.body).map(
    ([name, value]) => `    ${name}=${pythonLiteral(value, 1)},`,
  )
  const request = [`client.${call.method}(`, ...parameters, ')'].join('\n')
  const use = input.streaming
    ? `stream = ${request}\nfor chunk in stream:\n    if chunk.choices:\n        ${call.streamed}`
    : `answer = ${request}\n${call.answer}`
  return `${input.token === null ? 'import os\n\n' : ''}from openai import OpenAI\n\n${client}\n\n${use}`
}
