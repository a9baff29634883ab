import type { ProtocolFailure, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import { failedRun, readErrorEvent } from '@/lib/protocols/dify-chat/failure.ts'
import { usageOf } from '@/lib/protocols/dify-chat/usage.ts'
import { brokenOff } from '@/lib/protocols/failure-kind.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { isEmptyFrame, numberOf, objectOf, parseFrame, textOf } from '@/lib/protocols/json-reading.ts'
import { textOfOutputs, usageOfRun } from './outputs.ts'

/** `text_chunk` holds what nodes say meanwhile; a workflow that streams nothing says all of it in its outputs. */
export class DifyWorkflowStreamReader implements StreamReader {
  #isStarted = false
  #hasText = false
  #isStopped = false
  #nodes: Usage | null = null
  #usage: Usage | null = null
  #isOver = false

  read(frame: Frame): readonly StreamEvent[] {
    if (this.#isOver || frame.event === 'ping' || isEmptyFrame(frame.data)) return []
    const event = parseFrame(frame.data)
    const told = this.#readEvent(event['event'], objectOf(event['data']), event)
    if (this.#isStarted || (told.length === 0 && event['event'] !== 'workflow_started')) return told
    this.#isStarted = true
    const id = textOf(event['workflow_run_id']) ?? ''
    const createdAt = numberOf(objectOf(event['data'])['created_at'])
    return [{ type: 'start', id, model: '', createdAt }, ...told]
  }

  end(): readonly StreamEvent[] {
    if (this.#isOver) return []
    this.#isOver = true
    const usage: StreamEvent[] = this.#usage === null ? [] : [{ type: 'usage', usage: this.#usage }]
    if (this.#isStopped) return [...usage, { type: 'end' }]
    return [...usage, { type: 'error', failure: brokenOff }, { type: 'end' }]
  }

  #readEvent(name: unknown, data: JsonObject, event: JsonObject): readonly StreamEvent[] {
    switch (name) {
      case 'text_chunk':
        return this.#text(textOf(data['text']) ?? '')
      case 'node_finished':
        this.#addNode(usageOf(objectOf(data['outputs'])['usage']))
        return []
      case 'workflow_finished':
        return this.#finish(data)
      case 'error':
        return this.#fail(readErrorEvent(event))
      default:
        return []
    }
  }

  #text(text: string): readonly StreamEvent[] {
    if (text === '') return []
    this.#hasText = true
    return [{ type: 'text', choice: 0, text }]
  }

  /** Each node asks a model of its own: here tokens do add up. */
  #addNode(usage: Usage | null): void {
    if (usage === null) return
    this.#nodes = {
      ...usage,
      input: (this.#nodes?.input ?? 0) + (usage.input ?? 0),
      output: (this.#nodes?.output ?? 0) + (usage.output ?? 0),
    }
  }

  #finish(run: JsonObject): readonly StreamEvent[] {
    if (this.#isStopped) return []
    if (run['status'] === 'failed') return this.#fail(failedRun(textOf(run['error'])))
    this.#isStopped = true
    this.#usage = usageOfRun(run, this.#nodes)
    const text = this.#hasText ? [] : this.#text(textOfOutputs(run['outputs']))
    const reason = run['status'] === 'stopped' ? 'other' : 'end'
    return [...text, { type: 'stop', choice: 0, stop: { reason, sequence: null } }]
  }

  #fail(failure: ProtocolFailure): readonly StreamEvent[] {
    this.#isOver = true
    return [{ type: 'error', failure }, { type: 'end' }]
  }
}
