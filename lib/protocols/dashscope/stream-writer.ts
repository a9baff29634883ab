import type { Stop, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, Frame, StreamWriter } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { writeDashscopeFailure } from './failure.ts'
import { finishReasonOf } from './finish-reason.ts'
import { writeUsage } from './usage.ts'

/** As with `incremental_output`; stops and usage share the last event. */
export class DashscopeStreamWriter implements StreamWriter {
  readonly #dropped: DroppedFields
  readonly #stops: { readonly choice: number; readonly stop: Stop }[] = []
  #usage: Usage | null = null
  #requestId: string
  #isFailed = false

  constructor(context: AnswerContext, dropped: DroppedFields) {
    this.#requestId = context.requestId
    this.#dropped = dropped
  }

  write(event: StreamEvent): readonly Frame[] {
    switch (event.type) {
      case 'start':
        this.#requestId = event.id || this.#requestId
        return []
      case 'refusal':
        this.#dropped.add('refusal')
        return [this.#delta(event.choice, { content: event.text })]
      case 'text':
        return [this.#delta(event.choice, { content: event.text })]
      case 'reasoning':
        return [this.#delta(event.choice, { content: '', reasoning_content: event.text })]
      case 'reasoning-signature':
        this.#dropped.add('thinking.signature')
        return []
      case 'redacted-reasoning':
        this.#dropped.add('redacted_thinking')
        return []
      case 'tool-call':
        if (event.signature !== undefined) this.#dropped.add('thought_signature')
        return [this.#call(event.choice, event.index, event.id, { name: event.name, arguments: '' })]
      case 'tool-arguments':
        return [this.#call(event.choice, event.index, '', { name: '', arguments: event.text })]
      case 'stop':
        if (event.stop.sequence !== null) this.#dropped.add('stop_sequence')
        this.#stops.push(event)
        return []
      case 'usage':
        this.#usage = event.usage
        return []
      case 'error': {
        this.#isFailed = true
        const body = writeDashscopeFailure(event.failure, this.#requestId)
        return [{ event: 'error', data: JSON.stringify(body) }]
      }
      case 'end':
        return this.#isFailed ? [] : [this.#last()]
    }
  }

  #call(choice: number, index: number, id: string, details: JsonObject): Frame {
    const call = { index, id, type: 'function', function: details }
    return this.#delta(choice, { content: '', tool_calls: [call] })
  }

  #delta(index: number, message: JsonObject): Frame {
    return this.#result([{ index, message: { role: 'assistant', ...message }, finish_reason: 'null' }])
  }

  #last(): Frame {
    const choices = this.#stops.map(({ choice, stop }) => ({
      index: choice,
      message: { role: 'assistant', content: '' },
      finish_reason: finishReasonOf(stop.reason),
    }))
    return this.#result(choices)
  }

  /** The last usage known stands in each event. */
  #result(choices: JsonValue): Frame {
    const body: JsonObject = { output: { choices }, request_id: this.#requestId }
    if (this.#usage !== null) body['usage'] = writeUsage(this.#usage)
    return { event: 'result', data: JSON.stringify(body) }
  }
}
