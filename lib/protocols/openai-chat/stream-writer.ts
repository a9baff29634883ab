import type { StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, Frame, StreamWriter } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { writeOpenAiFailure } from './failure.ts'
import { finishReasonOf } from './finish-reason.ts'
import { withThoughtSignature } from './thought-signature.ts'
import { writeUsage } from './usage.ts'

/** Chunks of chat completions. What all of them share is written once, as text. */
export class OpenAiStreamWriter implements StreamWriter {
  readonly #context: AnswerContext
  readonly #dropped: DroppedFields
  readonly #choices = new Set<number>()
  #head = ''
  #usage: Usage | null = null
  #isFailed = false

  constructor(context: AnswerContext, dropped: DroppedFields) {
    this.#context = context
    this.#dropped = dropped
    this.#begin('', '', null)
  }

  write(event: StreamEvent): readonly Frame[] {
    switch (event.type) {
      case 'start':
        this.#begin(event.id, event.model, event.createdAt)
        return []
      case 'text':
        return this.#delta(event.choice, `{"content":${JSON.stringify(event.text)}}`)
      case 'reasoning':
        return this.#delta(event.choice, `{"reasoning_content":${JSON.stringify(event.text)}}`)
      case 'refusal':
        return this.#delta(event.choice, `{"refusal":${JSON.stringify(event.text)}}`)
      case 'tool-call': {
        const { index, id, name, signature } = event
        const definition = { name, arguments: '' }
        const call = { index, id, type: 'function', function: definition, ...withThoughtSignature(signature) }
        return this.#delta(event.choice, `{"tool_calls":[${JSON.stringify(call)}]}`)
      }
      case 'tool-arguments': {
        const json = JSON.stringify(event.text)
        return this.#delta(
          event.choice,
          `{"tool_calls":[{"index":${event.index},"function":{"arguments":${json}}}]}`,
        )
      }
      case 'reasoning-signature':
        this.#dropped.add('signature')
        return []
      case 'redacted-reasoning':
        this.#dropped.add('redacted_thinking')
        return []
      case 'stop':
        if (event.stop.sequence !== null) this.#dropped.add('stop_sequence')
        return this.#delta(event.choice, '{}', finishReasonOf(event.stop.reason))
      case 'usage':
        this.#usage = event.usage
        return []
      case 'error':
        this.#isFailed = true
        return [frame(JSON.stringify(writeOpenAiFailure(event.failure, this.#context.requestId)))]
      case 'end':
        return this.#last()
    }
  }

  #begin(id: string, model: string, createdAt: number | null): void {
    const shared = JSON.stringify({
      id: id || `chatcmpl-${this.#context.requestId}`,
      object: 'chat.completion.chunk',
      created: createdAt ?? this.#context.now,
      model: model || this.#context.model,
    })
    this.#head = `${shared.slice(0, -1)},"choices":[`
  }

  #delta(choice: number, delta: string, finishReason: string | null = null): readonly Frame[] {
    const ending = finishReason === null ? 'null' : `"${finishReason}"`
    const chunk = frame(
      `${this.#head}{"index":${choice},"delta":${delta},"logprobs":null,"finish_reason":${ending}}]}`,
    )
    if (this.#choices.has(choice)) return [chunk]
    this.#choices.add(choice)
    const first = `{"index":${choice},"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}`
    return [frame(`${this.#head}${first}]}`), chunk]
  }

  /** A stream that failed is not said to be done. */
  #last(): readonly Frame[] {
    if (this.#isFailed) return []
    if (!this.#context.streamUsage || this.#usage === null) return done
    return [frame(`${this.#head}],"usage":${JSON.stringify(writeUsage(this.#usage))}}`), ...done]
  }
}

function frame(data: string): Frame {
  return { event: null, data }
}

const done: readonly Frame[] = [frame('[DONE]')]
