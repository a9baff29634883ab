import type { StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, Frame, StreamWriter } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { writeOpenAiFailure } from '@/lib/protocols/openai-chat/failure.ts'
import { finishReasonOf } from '@/lib/protocols/openai-chat/finish-reason.ts'
import { writeUsage } from '@/lib/protocols/openai-chat/usage.ts'

export class CompletionStreamWriter implements StreamWriter {
  readonly #context: AnswerContext
  readonly #dropped: DroppedFields
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
      case 'refusal':
        return this.#chunk(event.choice, event.text, 'null')
      case 'stop':
        if (event.stop.sequence !== null) this.#dropped.add('stop_sequence')
        return this.#chunk(event.choice, '', `"${finishReasonOf(event.stop.reason)}"`)
      case 'usage':
        this.#usage = event.usage
        return []
      case 'error':
        this.#isFailed = true
        return [frame(JSON.stringify(writeOpenAiFailure(event.failure, this.#context.requestId)))]
      case 'end':
        return this.#last()
      default:
        this.#dropped.add(event.type)
        return []
    }
  }

  #begin(id: string, model: string, createdAt: number | null): void {
    const shared = JSON.stringify({
      id: id || `cmpl-${this.#context.requestId}`,
      object: 'text_completion',
      created: createdAt ?? this.#context.now,
      model: model || this.#context.model,
    })
    this.#head = `${shared.slice(0, -1)},"choices":[`
  }

  #chunk(choice: number, text: string, ending: string): readonly Frame[] {
    const said = JSON.stringify(text)
    return [
      frame(`${this.#head}{"text":${said},"index":${choice},"logprobs":null,"finish_reason":${ending}}]}`),
    ]
  }

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
