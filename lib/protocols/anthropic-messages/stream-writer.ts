import type { Stop, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, Frame, StreamWriter } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { JsonExtent } from '@/lib/protocols/json-extent.ts'
import { textOf } from '@/lib/protocols/json-reading.ts'
import { writeAnthropicFailure } from './failure.ts'
import { stopReasonOf } from './stop-reason.ts'
import { writeUsage } from './usage.ts'

type BlockKind = 'text' | 'thinking'

interface OpenCall {
  readonly block: number
  readonly extent: JsonExtent
}

/** Events of one message: its blocks follow each other, each begun and ended, but for calls that overlap. */
export class AnthropicStreamWriter implements StreamWriter {
  readonly #context: AnswerContext
  readonly #dropped: DroppedFields
  /** By the number of the call: those whose arguments are not whole, since pieces of parallel calls may come in turn. */
  readonly #calls = new Map<number, OpenCall>()
  #hasBegun = false
  #open: BlockKind | null = null
  #block = -1
  #stop: Stop | null = null
  #isRefused = false
  #usage: Usage | null = null
  #isFailed = false

  constructor(context: AnswerContext, dropped: DroppedFields) {
    this.#context = context
    this.#dropped = dropped
  }

  write(event: StreamEvent): readonly Frame[] {
    switch (event.type) {
      case 'start':
        return this.#begin(event.id, event.model)
      case 'usage':
        this.#usage = event.usage
        return []
      case 'error':
        this.#isFailed = true
        return [frame(writeAnthropicFailure(event.failure, this.#context.requestId))]
      case 'end':
        return this.#isFailed ? [] : this.#last()
      default:
        if (event.choice === 0) return this.#content(event)
        this.#dropped.add('n')
        return []
    }
  }

  #begin(id: string, model: string): readonly Frame[] {
    if (this.#hasBegun) return []
    this.#hasBegun = true
    const message = {
      id: id || `msg_${this.#context.requestId}`,
      type: 'message',
      role: 'assistant',
      model: model || this.#context.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: writeUsage(this.#usage),
    }
    return [frame({ type: 'message_start', message })]
  }

  #content(event: StreamEvent & { choice: number }): readonly Frame[] {
    switch (event.type) {
      case 'text':
        return this.#in('text', textDelta('text_delta', 'text', this.#next('text'), event.text))
      case 'refusal':
        this.#isRefused = true
        return this.#in('text', textDelta('text_delta', 'text', this.#next('text'), event.text))
      case 'reasoning':
        return this.#in(
          'thinking',
          textDelta('thinking_delta', 'thinking', this.#next('thinking'), event.text),
        )
      case 'reasoning-signature': {
        const index = this.#next('thinking')
        return this.#in('thinking', textDelta('signature_delta', 'signature', index, event.signature))
      }
      case 'redacted-reasoning':
        return [
          ...this.#start({ type: 'redacted_thinking', data: event.data }),
          ...this.#closeOpen('thinking'),
        ]
      case 'tool-call': {
        const { id, name } = event
        if (event.signature !== undefined) this.#dropped.add('thought_signature')
        const begun = this.#start({ type: 'tool_use', id, name, input: {} })
        this.#calls.set(event.index, { block: this.#block, extent: new JsonExtent() })
        return begun
      }
      case 'tool-arguments': {
        const call = this.#calls.get(event.index)
        if (call === undefined) return []
        call.extent.add(event.text)
        return [textDelta('input_json_delta', 'partial_json', call.block, event.text)]
      }
      case 'stop':
        this.#stop = event.stop
        return []
      default:
        return []
    }
  }

  /** The number of the block that a piece of this kind goes to. */
  #next(kind: BlockKind): number {
    return this.#open === kind ? this.#block : this.#block + 1
  }

  #in(kind: 'text' | 'thinking', delta: Frame): readonly Frame[] {
    if (this.#open === kind) return [delta]
    const begun = this.#start(
      kind === 'text' ? { type: 'text', text: '' } : { type: 'thinking', thinking: '', signature: '' },
    )
    this.#open = kind
    return [...begun, delta]
  }

  #start(block: JsonObject): readonly Frame[] {
    const closed = [...this.#begin('', ''), ...this.#closeOpen(this.#open), ...this.#closeCalls(false)]
    this.#block += 1
    return [...closed, frame({ type: 'content_block_start', index: this.#block, content_block: block })]
  }

  #closeOpen(kind: BlockKind | null): readonly Frame[] {
    this.#open = null
    return kind === null ? [] : [blockStop(this.#block)]
  }

  /** Those that are whole, or all. */
  #closeCalls(isLast: boolean): readonly Frame[] {
    if (this.#calls.size === 0) return []
    const closed: Frame[] = []
    for (const [index, { block, extent }] of this.#calls) {
      if (!isLast && !extent.isWhole) continue
      closed.push(blockStop(block))
      this.#calls.delete(index)
    }
    return closed
  }

  #last(): readonly Frame[] {
    if ((this.#usage?.reasoning ?? 0) > 0) this.#dropped.add('usage.reasoning_tokens')
    const reason = this.#stop?.reason ?? 'end'
    const delta = {
      stop_reason: stopReasonOf(reason === 'end' && this.#isRefused ? 'refusal' : reason),
      stop_sequence: this.#stop?.sequence ?? null,
    }
    return [
      ...this.#begin('', ''),
      ...this.#closeOpen(this.#open),
      ...this.#closeCalls(true),
      frame({ type: 'message_delta', delta, usage: writeUsage(this.#usage) }),
      messageStop,
    ]
  }
}

function frame(body: JsonObject): Frame {
  return { event: textOf(body['type']), data: JSON.stringify(body) }
}

function blockStop(index: number): Frame {
  return frame({ type: 'content_block_stop', index })
}

const messageStop = frame({ type: 'message_stop' })

/** Written as text: most of a stream is this. */
function textDelta(type: string, member: string, index: number, text: string): Frame {
  return {
    event: 'content_block_delta',
    data: `{"type":"content_block_delta","index":${index},"delta":{"type":"${type}","${member}":${JSON.stringify(text)}}}`,
  }
}
