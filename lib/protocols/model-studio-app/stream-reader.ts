import type { Stop, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import { dashscopeFailureWithin } from '@/lib/protocols/dashscope/failure.ts'
import { stopOf } from '@/lib/protocols/dashscope/finish-reason.ts'
import { brokenOff } from '@/lib/protocols/failure-kind.ts'
import { isEmptyFrame, objectOf, parseFrame, textOf } from '@/lib/protocols/json-reading.ts'
import { modelOf, reasoningOf, usageOf } from './output.ts'

/** Events hold what is new. Stop and usage are told when the bytes end: no event is the last one. */
export class ApplicationStreamReader implements StreamReader {
  #isStarted = false
  #stop: Stop | null = null
  #usage: Usage | null = null
  #isOver = false

  read(frame: Frame): readonly StreamEvent[] {
    if (this.#isOver || isEmptyFrame(frame.data)) return []
    const body = parseFrame(frame.data)
    const failure = dashscopeFailureWithin(body)
    if (failure !== null) {
      this.#isOver = true
      return [{ type: 'error', failure }, { type: 'end' }]
    }
    const output = objectOf(body['output'])
    this.#usage = usageOf(body['usage']) ?? this.#usage
    this.#stop = stopOf(output['finish_reason']) ?? this.#stop
    const events: StreamEvent[] = []
    if (!this.#isStarted) {
      this.#isStarted = true
      const id = textOf(body['request_id']) ?? ''
      events.push({ type: 'start', id, model: modelOf(body['usage']), createdAt: null })
    }
    const reasoning = reasoningOf(output)
    if (reasoning !== '') events.push({ type: 'reasoning', choice: 0, text: reasoning })
    const text = textOf(output['text'])
    if (text) events.push({ type: 'text', choice: 0, text })
    return events
  }

  end(): readonly StreamEvent[] {
    if (this.#isOver) return []
    this.#isOver = true
    const usage: StreamEvent[] = this.#usage === null ? [] : [{ type: 'usage', usage: this.#usage }]
    if (this.#stop === null) return [...usage, { type: 'error', failure: brokenOff }, { type: 'end' }]
    return [{ type: 'stop', choice: 0, stop: this.#stop }, ...usage, { type: 'end' }]
  }
}
