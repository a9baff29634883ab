import type { StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamWriter } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { toolUseIdOf } from './call-ids.ts'
import { exceptionNameOf } from './failure.ts'
import { writeStop } from './stop-reason.ts'
import { writeUsage } from './usage.ts'

type ChoiceEvent = StreamEvent & { readonly choice: number }

/** Texts and thoughts are one block each; blocks of calls stay open, because the arguments of parallel calls may come in turn. */
export class ConverseStreamWriter implements StreamWriter {
  readonly #dropped: DroppedFields
  /** Blocks by the index of their call. */
  readonly #calls = new Map<number, number>()
  #open: { readonly kind: 'text' | 'reasoning'; readonly block: number } | null = null
  #blocks = 0
  #usage: Usage | null = null
  #isFailed = false

  constructor(dropped: DroppedFields) {
    this.#dropped = dropped
  }

  write(event: StreamEvent): readonly Frame[] {
    switch (event.type) {
      case 'start':
        return [frame('messageStart', { role: 'assistant' })]
      case 'usage':
        this.#usage = event.usage
        return []
      case 'error': {
        this.#isFailed = true
        const name = exceptionNameOf(event.failure.kind)
        return [frame(name, { message: event.failure.message })]
      }
      case 'end':
        return this.#end()
      default:
        return this.#writeChoice(event)
    }
  }

  /** Converse answers once. */
  #writeChoice(event: ChoiceEvent): readonly Frame[] {
    if (event.choice !== 0) {
      this.#dropped.add('choices[1]')
      return []
    }
    switch (event.type) {
      case 'refusal':
        this.#dropped.add('refusal')
        return this.#addTo('text', { text: event.text })
      case 'text':
        return this.#addTo('text', { text: event.text })
      case 'reasoning':
        return this.#addTo('reasoning', { reasoningContent: { text: event.text } })
      case 'reasoning-signature':
        return this.#addTo('reasoning', { reasoningContent: { signature: event.signature } })
      case 'redacted-reasoning':
        return [
          ...this.#close(),
          ...this.#addTo('reasoning', { reasoningContent: { redactedContent: event.data } }),
          ...this.#close(),
        ]
      case 'tool-call':
        return this.#startCall(event)
      case 'tool-arguments':
        return this.#addArguments(event.index, event.text)
      case 'stop':
        return [...this.#close(), ...this.#closeCalls(), frame('messageStop', writeStop(event.stop))]
      default:
        return []
    }
  }

  #addTo(kind: 'text' | 'reasoning', delta: JsonObject): readonly Frame[] {
    const frames = this.#open?.kind === kind ? [] : this.#close()
    this.#open ??= { kind, block: this.#blocks++ }
    return [...frames, deltaFrame(this.#open.block, delta)]
  }

  #close(): readonly Frame[] {
    const open = this.#open
    this.#open = null
    return open === null ? [] : [frame('contentBlockStop', { contentBlockIndex: open.block })]
  }

  #startCall(event: StreamEvent & { readonly type: 'tool-call' }): readonly Frame[] {
    if (event.signature !== undefined) this.#dropped.add('thought_signature')
    const frames = this.#close()
    const block = this.#blocks++
    this.#calls.set(event.index, block)
    const toolUse = { toolUseId: toolUseIdOf(event.id), name: event.name }
    return [...frames, frame('contentBlockStart', { contentBlockIndex: block, start: { toolUse } })]
  }

  #addArguments(index: number, input: string): readonly Frame[] {
    const block = this.#calls.get(index)
    return block === undefined || input === '' ? [] : [deltaFrame(block, { toolUse: { input } })]
  }

  #closeCalls(): readonly Frame[] {
    const blocks = [...this.#calls.values()]
    this.#calls.clear()
    return blocks.map((contentBlockIndex) => frame('contentBlockStop', { contentBlockIndex }))
  }

  #end(): readonly Frame[] {
    if (this.#isFailed || this.#usage === null) return []
    return [frame('metadata', { usage: writeUsage(this.#usage, this.#dropped) })]
  }
}

function deltaFrame(contentBlockIndex: number, delta: JsonObject): Frame {
  return frame('contentBlockDelta', { contentBlockIndex, delta })
}

function frame(event: string, body: JsonObject): Frame {
  return { event, data: JSON.stringify(body) }
}
