import { refuseTooMany } from '@/lib/protocols/bounded-count.ts'
import type { Stop, StreamEvent } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, parseFrame, textOf } from '@/lib/protocols/json-reading.ts'
import { brokenStream } from '@/lib/protocols/stream-facts.ts'
import { CallsReader } from './calls-reader.ts'
import { openAiFailureWithin, readOpenAiFailure } from './failure.ts'
import { readStop } from './finish-reason.ts'
import { contentText, reasoningOf } from './read-reply.ts'
import { readUsage } from './usage.ts'

interface ChoiceState {
  readonly calls: CallsReader
  stop: Stop | null
}

/** Chunks of chat completions, of OpenAI and of the servers that speak its protocol more or less. */
export class OpenAiStreamReader implements StreamReader {
  readonly #choices = new Map<number, ChoiceState>()
  #isStarted = false
  #isDone = false

  read({ event, data }: Frame): readonly StreamEvent[] {
    if (this.#isDone || data === '') return []
    if (data === '[DONE]') return this.#complete()
    if (data.trim() === '') return []
    const chunk = parseFrame(data)
    if (event === 'error' || (chunk['error'] ?? null) !== null || chunk['choices'] === undefined) {
      const failure = event === 'error' ? readOpenAiFailure(502, chunk) : openAiFailureWithin(chunk)
      if (failure !== null) return this.#finish([{ type: 'error', failure }])
    }
    const events: StreamEvent[] = []
    const choices = objectsOf(chunk['choices'])
    if (!this.#isStarted && (choices.length > 0 || (textOf(chunk['id']) ?? '') !== '')) {
      this.#isStarted = true
      events.push(startOf(chunk))
    }
    for (const choice of choices) this.#readChoice(choice, events)
    const usage = readUsage(chunk)
    if (usage !== null) events.push({ type: 'usage', usage })
    return events
  }

  end(): readonly StreamEvent[] {
    if (this.#isDone) return []
    const isWhole = this.#choices.size > 0 && [...this.#choices.values()].every(({ stop }) => stop !== null)
    return isWhole ? this.#finish([]) : this.#breakOff()
  }

  #readChoice(choice: JsonObject, events: StreamEvent[]): void {
    const index = numberOf(choice['index']) ?? 0
    let state = this.#choices.get(index)
    if (state === undefined) {
      refuseTooMany(this.#choices.size, 'choices')
      state = { calls: new CallsReader(index), stop: null }
      this.#choices.set(index, state)
    }
    if (state.stop !== null) return
    const delta = isJsonObject(choice['delta']) ? choice['delta'] : objectOf(choice['message'])
    const reasoning = reasoningOf(delta)
    if (reasoning !== '') events.push({ type: 'reasoning', choice: index, text: reasoning })
    const text = contentText(delta['content'] ?? choice['text'])
    if (text !== '') events.push({ type: 'text', choice: index, text })
    const refusal = textOf(delta['refusal']) ?? ''
    if (refusal !== '') events.push({ type: 'refusal', choice: index, text: refusal })
    state.calls.read(delta, events)
    const stop = readStop(choice, state.calls.count > 0)
    if (stop === null) return
    state.stop = stop
    events.push({ type: 'stop', choice: index, stop })
  }

  /** A choice that did not say why it stopped has ended when the stream says that it is done. */
  #complete(): readonly StreamEvent[] {
    if (this.#choices.size === 0) return this.#breakOff()
    const events: StreamEvent[] = []
    for (const [choice, state] of this.#choices) {
      if (state.stop !== null) continue
      state.stop = { reason: state.calls.count > 0 ? 'tool-calls' : 'end', sequence: null }
      events.push({ type: 'stop', choice, stop: state.stop })
    }
    return this.#finish(events)
  }

  #breakOff(): readonly StreamEvent[] {
    return this.#finish([
      { type: 'error', failure: brokenStream('The stream ended before the answer was complete.') },
    ])
  }

  #finish(events: StreamEvent[]): readonly StreamEvent[] {
    this.#isDone = true
    events.push({ type: 'end' })
    return events
  }
}

function startOf(chunk: JsonObject): StreamEvent {
  return {
    type: 'start',
    id: textOf(chunk['id']) ?? '',
    model: textOf(chunk['model']) ?? '',
    createdAt: numberOf(chunk['created']),
  }
}
