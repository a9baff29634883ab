import { refuseTooMany } from '@/lib/protocols/bounded-count.ts'
import type { StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import { brokenOff } from '@/lib/protocols/failure-kind.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, parseFrame, textOf } from '@/lib/protocols/json-reading.ts'
import { readException } from './failure.ts'
import { stopOf } from './stop-reason.ts'
import { usageOf } from './usage.ts'

interface OpenCall {
  readonly index: number
  hasArguments: boolean
}

/** `metadata` may come before `messageStop`; usage is told after the stop all the same. */
export class ConverseStreamReader implements StreamReader {
  /** By content block. */
  readonly #calls = new Map<number, OpenCall>()
  #callCount = 0
  #isStarted = false
  #isStopped = false
  #usage: Usage | null = null
  #isOver = false

  read(frame: Frame): readonly StreamEvent[] {
    if (this.#isOver) return []
    const body = parseFrame(frame.data)
    if (frame.event?.endsWith('Exception')) {
      this.#isOver = true
      return [{ type: 'error', failure: readException(frame.event, body) }, { type: 'end' }]
    }
    const events = this.#readEvent(frame.event, body)
    if (this.#isStarted) return events
    this.#isStarted = true
    return [{ type: 'start', id: '', model: '', createdAt: null }, ...events]
  }

  end(): readonly StreamEvent[] {
    if (this.#isOver) return []
    this.#isOver = true
    if (this.#isStopped) return [...this.#takeUsage(), { type: 'end' }]
    return [...this.#takeUsage(), { type: 'error', failure: brokenOff }, { type: 'end' }]
  }

  #takeUsage(): readonly StreamEvent[] {
    const usage = this.#usage
    this.#usage = null
    return usage === null ? [] : [{ type: 'usage', usage }]
  }

  #readEvent(event: string | null, body: JsonObject): readonly StreamEvent[] {
    const block = numberOf(body['contentBlockIndex']) ?? 0
    switch (event) {
      case 'contentBlockStart':
        return this.#startBlock(block, objectOf(body['start']))
      case 'contentBlockDelta':
        return this.#readDelta(block, objectOf(body['delta']))
      case 'contentBlockStop':
        return this.#stopBlock(block)
      case 'messageStop': {
        const stop = stopOf(body)
        if (stop === null || this.#isStopped) return []
        this.#isStopped = true
        return [{ type: 'stop', choice: 0, stop }]
      }
      case 'metadata':
        this.#usage = usageOf(body['usage']) ?? this.#usage
        return []
      default:
        return []
    }
  }

  #startBlock(block: number, start: JsonObject): readonly StreamEvent[] {
    if (start['toolUse'] === undefined) return []
    const toolUse = objectOf(start['toolUse'])
    refuseTooMany(this.#callCount, 'calls')
    const call: OpenCall = { index: this.#callCount++, hasArguments: false }
    this.#calls.set(block, call)
    const id = textOf(toolUse['toolUseId']) ?? ''
    const name = textOf(toolUse['name']) ?? ''
    return [{ type: 'tool-call', choice: 0, index: call.index, id, name }]
  }

  #readDelta(block: number, delta: JsonObject): readonly StreamEvent[] {
    const text = textOf(delta['text'])
    if (text !== null) return text === '' ? [] : [{ type: 'text', choice: 0, text }]
    if (delta['reasoningContent'] !== undefined) return readReasoning(objectOf(delta['reasoningContent']))
    const call = this.#calls.get(block)
    const input = textOf(objectOf(delta['toolUse'])['input'])
    if (call === undefined || !input) return []
    call.hasArguments = true
    return [{ type: 'tool-arguments', choice: 0, index: call.index, text: input }]
  }

  /** A call without arguments is one with an empty object. */
  #stopBlock(block: number): readonly StreamEvent[] {
    const call = this.#calls.get(block)
    this.#calls.delete(block)
    if (call === undefined || call.hasArguments) return []
    return [{ type: 'tool-arguments', choice: 0, index: call.index, text: '{}' }]
  }
}

function readReasoning(content: JsonObject): readonly StreamEvent[] {
  const redacted = textOf(content['redactedContent'])
  if (redacted !== null) return [{ type: 'redacted-reasoning', choice: 0, data: redacted }]
  const signature = textOf(content['signature'])
  if (signature !== null) return [{ type: 'reasoning-signature', choice: 0, signature }]
  const text = textOf(content['text'])
  return text ? [{ type: 'reasoning', choice: 0, text }] : []
}
