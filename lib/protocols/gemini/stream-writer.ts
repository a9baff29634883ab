import type { Stop, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, Frame, StreamWriter } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { isOwnCallId } from './call-ids.ts'
import { writeGoogleFailure } from './failure.ts'
import { finishReasonOf } from './finish-reason.ts'
import { usageMetadataOf } from './usage.ts'
import { callArguments } from './write-parts.ts'

type CallStart = StreamEvent & { readonly type: 'tool-call' }

/** As much as a frame may hold. */
const keptMax = 16 * 1024 * 1024

interface OpenCall {
  readonly start: CallStart
  arguments: string
}

/** Calls are written when they are whole, since Gemini sends them in one piece; stops and usage share the last chunk. */
export class GeminiStreamWriter implements StreamWriter {
  readonly #dropped: DroppedFields
  /** Of all choices; the arguments of parallel calls may come in turn. */
  #calls: OpenCall[] = []
  /** Characters of arguments, of all calls. */
  #kept = 0
  readonly #stops: { readonly choice: number; readonly stop: Stop }[] = []
  #usage: Usage | null = null
  #id: string
  #model: string
  #isFailed = false

  constructor(context: AnswerContext, dropped: DroppedFields) {
    this.#id = context.requestId
    this.#model = context.model
    this.#dropped = dropped
  }

  write(event: StreamEvent): readonly Frame[] {
    switch (event.type) {
      case 'start':
        this.#id = event.id || this.#id
        this.#model = event.model || this.#model
        return []
      case 'refusal':
        this.#dropped.add('refusal')
        return [...this.#closeCalls(event.choice), this.#part(event.choice, { text: event.text })]
      case 'text':
        return [...this.#closeCalls(event.choice), this.#part(event.choice, { text: event.text })]
      case 'reasoning':
        return [
          ...this.#closeCalls(event.choice),
          this.#part(event.choice, { thought: true, text: event.text }),
        ]
      case 'reasoning-signature':
        return [
          ...this.#closeCalls(event.choice),
          this.#part(event.choice, { text: '', thoughtSignature: event.signature }),
        ]
      case 'redacted-reasoning':
        this.#dropped.add('redacted_thinking')
        return []
      case 'tool-call':
        this.#calls.push({ start: event, arguments: '' })
        return []
      case 'tool-arguments':
        return this.#addArguments(event.choice, event.index, event.text)
      case 'stop':
        if (event.stop.sequence !== null) this.#dropped.add('stop_sequence')
        this.#stops.push({ choice: event.choice, stop: event.stop })
        return this.#closeCalls(event.choice)
      case 'usage':
        this.#usage = event.usage
        return []
      case 'error':
        this.#isFailed = true
        return [frame(writeGoogleFailure(event.failure))]
      case 'end':
        return this.#isFailed ? [] : this.#last()
    }
  }

  #addArguments(choice: number, index: number, text: string): readonly Frame[] {
    const call = this.#calls.find(({ start }) => start.choice === choice && start.index === index)
    if (call === undefined) return []
    this.#kept += text.length
    if (this.#kept > keptMax) throw new ProtocolError('The calls of the stream are too large.')
    call.arguments += text
    return []
  }

  #closeCalls(choice: number): readonly Frame[] {
    if (this.#calls.length === 0) return []
    const calls = this.#calls.filter(({ start }) => start.choice === choice)
    this.#calls = this.#calls.filter(({ start }) => start.choice !== choice)
    return calls.map((call) => {
      const { id, name, signature } = call.start
      const functionCall: JsonObject = { name, args: callArguments(call.arguments, this.#dropped) }
      if (!isOwnCallId(id)) functionCall['id'] = id
      const signed =
        signature === undefined ? { functionCall } : { functionCall, thoughtSignature: signature }
      return this.#part(choice, signed)
    })
  }

  #part(index: number, part: JsonObject): Frame {
    return this.#chunk({ candidates: [{ content: { role: 'model', parts: [part] }, index }] })
  }

  #last(): readonly Frame[] {
    const candidates = this.#stops.map(({ choice, stop }) => ({
      content: { role: 'model', parts: [{ text: '' }] },
      finishReason: finishReasonOf(stop.reason),
      index: choice,
    }))
    const usageMetadata = this.#usage === null ? undefined : usageMetadataOf(this.#usage, this.#dropped)
    return [this.#chunk(usageMetadata === undefined ? { candidates } : { candidates, usageMetadata })]
  }

  #chunk(content: JsonObject): Frame {
    return frame({ ...content, modelVersion: this.#model, responseId: this.#id })
  }
}

function frame(body: JsonObject): Frame {
  return { event: null, data: stringifyExact(body) }
}
