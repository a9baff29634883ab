import type { ChatRequest, MediaSource, Message, Part } from './canonical.ts'
import type { DroppedFields } from './dropped-fields.ts'

/** Applications choose model, tools and settings themselves: what a request says of them is dropped. */
export function dropModelSettings(request: ChatRequest, dropped: DroppedFields): void {
  const settings: readonly (readonly [string, boolean])[] = [
    ['tools', request.tools.length > 0],
    ['tool_choice', request.toolChoice !== null],
    ['parallel_tool_calls', request.parallelToolCalls !== null],
    ['max_tokens', request.maxTokens !== null],
    ['temperature', request.temperature !== null],
    ['top_p', request.topP !== null],
    ['top_k', request.topK !== null],
    ['presence_penalty', request.presencePenalty !== null],
    ['frequency_penalty', request.frequencyPenalty !== null],
    ['seed', request.seed !== null],
    ['stop', request.stop.length > 0],
    ['n', (request.choices ?? 1) > 1],
    ['response_format', request.responseFormat !== null && request.responseFormat.type !== 'text'],
  ]
  for (const [name, isSet] of settings) if (isSet) dropped.add(name)
}

/** Its texts, and what its tools answered; whatever else it holds is dropped by name. */
export function textOfMessage({ parts }: Message, dropped: DroppedFields): string {
  return parts.map((part) => textOfPart(part, dropped)).join('')
}

function textOfPart(part: Part, dropped: DroppedFields): string {
  switch (part.type) {
    case 'text':
      if (part.cached === true) dropped.add('cache_control')
      return part.text
    case 'refusal':
      dropped.add('refusal')
      return part.text
    case 'tool-call':
      dropped.add('tool_calls')
      return ''
    case 'tool-result':
      if (part.isError) dropped.add('is_error')
      if (part.parts.some(({ type }) => type === 'image')) dropped.add('image_url')
      return part.parts.map((item) => (item.type === 'text' ? item.text : '')).join('')
    case 'reasoning':
      dropped.add('reasoning_content')
      return ''
    case 'redacted-reasoning':
      dropped.add('redacted_thinking')
      return ''
    default:
      return ''
  }
}

export interface Attachment {
  readonly type: 'image' | 'audio' | 'file'
  readonly url: string
}

/** What the messages show by address. Applications take no bytes within a request. */
export function attachmentsOf(messages: readonly Message[], dropped: DroppedFields): readonly Attachment[] {
  return messages.flatMap(({ parts }) =>
    parts.flatMap((part): readonly Attachment[] => {
      if (part.type !== 'image' && part.type !== 'audio' && part.type !== 'file') return []
      if (part.type === 'image' && part.detail !== null && part.detail !== 'auto') {
        dropped.add('image_url.detail')
      }
      if (part.type === 'file' && part.name !== null) dropped.add('file.filename')
      const url = urlOf(part.source)
      if (url === null) dropped.add(part.type === 'image' ? 'image_url' : part.type)
      return url === null ? [] : [{ type: part.type, url }]
    }),
  )
}

function urlOf(source: MediaSource): string | null {
  return source.kind === 'url' ? source.url : null
}
