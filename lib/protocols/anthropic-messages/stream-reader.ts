import { refuseTooMany } from '@/lib/protocols/bounded-count.ts'
import type { ProtocolFailure, Stop, StreamEvent } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { isEmptyFrame, numberOf, objectOf, parseFrame, textOf } from '@/lib/protocols/json-reading.ts'
import { brokenStream } from '@/lib/protocols/stream-facts.ts'
import { structuredAnswerName } from '@/lib/protocols/structured-answer.ts'
import { anthropicFailureWithin } from './failure.ts'
import { readStop } from './stop-reason.ts'
import { addUsage, emptyUsage, toUsage } from './usage.ts'

/** A call, of a tool of the caller's or of the one that stands for a structured answer. */
interface Call {
  readonly kind: 'answer' | 'call'
  /** Among the calls of the caller's tools. */
  readonly number: number
  /** As its start gave it. */
  readonly input: string
  hasInput: boolean
}

/** Events of a streamed message. */
export class AnthropicStreamReader implements StreamReader {
  readonly #usage = emptyUsage()
  readonly #open = new Map<number, Call>()
  #calls = 0
  #hasAnswer = false
  #stop: Stop | null = null
  #isDone = false

  read({ event, data }: Frame): readonly StreamEvent[] {
    if (this.#isDone || isEmptyFrame(data)) return []
    const told = parseFrame(data)
    switch (textOf(told['type']) ?? event) {
      case 'message_start':
        return this.#start(objectOf(told['message']))
      case 'content_block_start':
        return this.#startBlock(numberOf(told['index']) ?? 0, objectOf(told['content_block']))
      case 'content_block_delta':
        return this.#delta(numberOf(told['index']) ?? 0, objectOf(told['delta']))
      case 'content_block_stop':
        return this.#stopBlock(numberOf(told['index']) ?? 0)
      case 'message_delta':
        return this.#messageDelta(told)
      case 'message_stop':
        return this.#finish([])
      case 'error':
        return this.#finish([{ type: 'error', failure: failureOf(told) }])
      default:
        return []
    }
  }

  end(): readonly StreamEvent[] {
    if (this.#isDone) return []
    if (this.#stop !== null) return this.#finish([])
    return this.#finish([
      { type: 'error', failure: brokenStream('The stream ended before the answer was complete.') },
    ])
  }

  #start(message: JsonObject): readonly StreamEvent[] {
    const start: StreamEvent = {
      type: 'start',
      id: textOf(message['id']) ?? '',
      model: textOf(message['model']) ?? '',
      createdAt: null,
    }
    return [start, ...this.#tellUsage(message)]
  }

  #tellUsage(told: JsonObject): readonly StreamEvent[] {
    if (!isJsonObject(told['usage'])) return []
    addUsage(this.#usage, told['usage'])
    const usage = toUsage(this.#usage)
    return usage === null ? [] : [{ type: 'usage', usage }]
  }

  #startBlock(index: number, block: JsonObject): readonly StreamEvent[] {
    switch (block['type']) {
      case 'text':
        return told('text', block['text'])
      case 'thinking':
        return [...told('reasoning', block['thinking']), ...signature(block['signature'])]
      case 'redacted_thinking':
        return [{ type: 'redacted-reasoning', choice: 0, data: textOf(block['data']) ?? '' }]
      case 'tool_use':
        return this.#startCall(index, block)
      default:
        return []
    }
  }

  #startCall(index: number, block: JsonObject): readonly StreamEvent[] {
    refuseTooMany(this.#open.size, 'calls')
    const name = textOf(block['name']) ?? ''
    // Some servers put all of the input here, and send no pieces.
    const given = isJsonObject(block['input']) ? stringifyExact(block['input']) : '{}'
    if (name === structuredAnswerName) {
      this.#hasAnswer = true
      this.#open.set(index, { kind: 'answer', number: 0, input: given, hasInput: false })
      return []
    }
    const call = this.#calls++
    this.#open.set(index, { kind: 'call', number: call, input: given, hasInput: false })
    return [{ type: 'tool-call', choice: 0, index: call, id: textOf(block['id']) ?? `call_${call}`, name }]
  }

  #delta(index: number, delta: JsonObject): readonly StreamEvent[] {
    switch (delta['type']) {
      case 'text_delta':
        return told('text', delta['text'])
      case 'thinking_delta':
        return told('reasoning', delta['thinking'])
      case 'signature_delta':
        return signature(delta['signature'])
      case 'input_json_delta':
        return this.#input(index, textOf(delta['partial_json']) ?? '')
      default:
        return []
    }
  }

  #input(index: number, text: string): readonly StreamEvent[] {
    const block = this.#open.get(index)
    if (block === undefined || text === '') return []
    block.hasInput = true
    if (block.kind === 'answer') return [{ type: 'text', choice: 0, text }]
    return [{ type: 'tool-arguments', choice: 0, index: block.number, text }]
  }

  /** A call without pieces has an input all the same: an empty one, or that of its start. */
  #stopBlock(index: number): readonly StreamEvent[] {
    const block = this.#open.get(index)
    if (block === undefined || block.hasInput) return []
    return this.#input(index, block.input)
  }

  #messageDelta(told: JsonObject): readonly StreamEvent[] {
    const usage = this.#tellUsage(told)
    const stop = readStop(objectOf(told['delta']), this.#hasAnswer && this.#calls === 0)
    if (stop === null || this.#stop !== null) return usage
    this.#stop = stop
    return [{ type: 'stop', choice: 0, stop }, ...usage]
  }

  #finish(events: readonly StreamEvent[]): readonly StreamEvent[] {
    this.#isDone = true
    const hasFailed = events.length > 0
    const stop: StreamEvent = { type: 'stop', choice: 0, stop: { reason: 'end', sequence: null } }
    const owed = hasFailed || this.#stop !== null ? events : [stop]
    return [...owed, { type: 'end' }]
  }
}

function told(type: 'text' | 'reasoning', value: unknown): readonly StreamEvent[] {
  return typeof value === 'string' && value !== '' ? [{ type, choice: 0, text: value }] : []
}

function signature(value: unknown): readonly StreamEvent[] {
  if (typeof value !== 'string' || value === '') return []
  return [{ type: 'reasoning-signature', choice: 0, signature: value }]
}

function failureOf(event: JsonObject): ProtocolFailure {
  return anthropicFailureWithin(event) ?? brokenStream('The provider ended the stream with an error.')
}
