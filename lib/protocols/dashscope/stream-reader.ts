import { refuseTooMany } from '@/lib/protocols/bounded-count.ts'
import type { Stop, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
import type { Frame, StreamReader } from '@/lib/protocols/codec.ts'
import { brokenOff } from '@/lib/protocols/failure-kind.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  isEmptyFrame,
  numberOf,
  objectOf,
  objectsOf,
  parseFrame,
  textOf,
} from '@/lib/protocols/json-reading.ts'
import { dashscopeFailureWithin } from './failure.ts'
import { stopOf } from './finish-reason.ts'
import { readContent } from './read-parts.ts'
import { usageOf } from './usage.ts'

interface ChoiceState {
  /** Calls that have begun. */
  readonly calls: Set<number>
  stop: Stop | null
}

/** Events hold what is new, and all usage so far. No event is the last one: stops are told when the bytes end. */
export class DashscopeStreamReader implements StreamReader {
  readonly #choices = new Map<number, ChoiceState>()
  #isStarted = false
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
    this.#usage = usageOf(body['usage']) ?? this.#usage
    const events: StreamEvent[] = []
    if (!this.#isStarted) {
      this.#isStarted = true
      events.push({ type: 'start', id: textOf(body['request_id']) ?? '', model: '', createdAt: null })
    }
    const output = objectOf(body['output'])
    const choices = objectsOf(output['choices'])
    choices.forEach((choice, position) => {
      events.push(...this.#readChoice(choice, numberOf(choice['index']) ?? position))
    })
    if (choices.length === 0) events.push(...this.#readText(output))
    return events
  }

  end(): readonly StreamEvent[] {
    if (this.#isOver) return []
    this.#isOver = true
    const choices = [...this.#choices].sort(([first], [second]) => first - second)
    const usage: StreamEvent[] = this.#usage === null ? [] : [{ type: 'usage', usage: this.#usage }]
    if (choices.length === 0 || choices.some(([, choice]) => choice.stop === null)) {
      return [...usage, { type: 'error', failure: brokenOff }, { type: 'end' }]
    }
    const stops = choices.flatMap(([choice, { stop }]): StreamEvent[] =>
      stop === null ? [] : [{ type: 'stop', choice, stop }],
    )
    return [...stops, ...usage, { type: 'end' }]
  }

  #choice(index: number): ChoiceState {
    const known = this.#choices.get(index)
    if (known !== undefined) return known
    refuseTooMany(this.#choices.size, 'choices')
    const choice: ChoiceState = { calls: new Set(), stop: null }
    this.#choices.set(index, choice)
    return choice
  }

  /** Of `result_format: text`. */
  #readText(output: JsonObject): readonly StreamEvent[] {
    const text = textOf(output['text'])
    if (text === null) return []
    const choice = this.#choice(0)
    choice.stop = stopOf(output['finish_reason']) ?? choice.stop
    return text === '' ? [] : [{ type: 'text', choice: 0, text }]
  }

  #readChoice(raw: JsonObject, choice: number): readonly StreamEvent[] {
    const state = this.#choice(choice)
    const message = objectOf(raw['message'])
    const reasoning = textOf(message['reasoning_content'])
    const events: StreamEvent[] = reasoning ? [{ type: 'reasoning', choice, text: reasoning }] : []
    for (const part of readContent(message['content'])) {
      if (part.type === 'text') events.push({ type: 'text', choice, text: part.text })
    }
    objectsOf(message['tool_calls']).forEach((call, position) => {
      events.push(...readCall(state, call, choice, numberOf(call['index']) ?? position))
    })
    state.stop = stopOf(raw['finish_reason']) ?? state.stop
    return events
  }
}

/** Id and name come with the first piece of a call, and are empty or absent after it. */
function readCall(
  state: ChoiceState,
  call: JsonObject,
  choice: number,
  index: number,
): readonly StreamEvent[] {
  const details = objectOf(call['function'])
  const events: StreamEvent[] = []
  if (!state.calls.has(index)) {
    refuseTooMany(state.calls.size, 'calls')
    state.calls.add(index)
    const id = textOf(call['id']) ?? ''
    events.push({ type: 'tool-call', choice, index, id, name: textOf(details['name']) ?? '' })
  }
  const text = textOf(details['arguments'])
  if (text) events.push({ type: 'tool-arguments', choice, index, text })
  return events
}
