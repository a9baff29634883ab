import { refuseTooMany } from '@/lib/protocols/bounded-count.ts'
import type { StopReason, StreamEvent, Usage } from '@/lib/protocols/canonical.ts'
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
import { hunyuanFailureWithin } from './failure.ts'
import { stopReasonOf, usageOf } from './usage.ts'

interface ChoiceState {
  /** Calls that have begun. */
  readonly calls: Set<number>
  stop: StopReason | null
}

/** Stops and usage are told when the bytes end: no event is the last one. */
export class HunyuanStreamReader implements StreamReader {
  readonly #choices = new Map<number, ChoiceState>()
  #isStarted = false
  #usage: Usage | null = null
  #isOver = false

  read(frame: Frame): readonly StreamEvent[] {
    if (this.#isOver || isEmptyFrame(frame.data)) return []
    const chunk = parseFrame(frame.data)
    const failure = hunyuanFailureWithin(chunk)
    if (failure !== null) {
      this.#isOver = true
      return [{ type: 'error', failure }, { type: 'end' }]
    }
    this.#usage = usageOf(chunk['Usage']) ?? this.#usage
    const events: StreamEvent[] = []
    if (!this.#isStarted) {
      this.#isStarted = true
      const id = textOf(chunk['Id']) ?? ''
      events.push({ type: 'start', id, model: '', createdAt: numberOf(chunk['Created']) })
    }
    objectsOf(chunk['Choices']).forEach((choice, position) => {
      events.push(...this.#readChoice(choice, numberOf(choice['Index']) ?? position))
    })
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
      stop === null ? [] : [{ type: 'stop', choice, stop: { reason: stop, sequence: null } }],
    )
    return [...stops, ...usage, { type: 'end' }]
  }

  #state(choice: number): ChoiceState {
    const known = this.#choices.get(choice)
    if (known !== undefined) return known
    refuseTooMany(this.#choices.size, 'choices')
    const state: ChoiceState = { calls: new Set(), stop: null }
    this.#choices.set(choice, state)
    return state
  }

  #readChoice(raw: JsonObject, choice: number): readonly StreamEvent[] {
    const state = this.#state(choice)
    const delta = objectOf(raw['Delta'])
    const reasoning = textOf(delta['ReasoningContent'])
    const events: StreamEvent[] = reasoning ? [{ type: 'reasoning', choice, text: reasoning }] : []
    const text = textOf(delta['Content'])
    if (text) events.push({ type: 'text', choice, text })
    objectsOf(delta['ToolCalls']).forEach((call, position) => {
      events.push(...readCall(state, call, choice, numberOf(call['Index']) ?? position))
    })
    state.stop = stopReasonOf(raw['FinishReason']) ?? state.stop
    return events
  }
}

/** Id and name may come again with each piece of a call. */
function readCall(
  state: ChoiceState,
  call: JsonObject,
  choice: number,
  index: number,
): readonly StreamEvent[] {
  const details = objectOf(call['Function'])
  const events: StreamEvent[] = []
  if (!state.calls.has(index)) {
    refuseTooMany(state.calls.size, 'calls')
    state.calls.add(index)
    const id = textOf(call['Id']) ?? ''
    events.push({ type: 'tool-call', choice, index, id, name: textOf(details['Name']) ?? '' })
  }
  const text = textOf(details['Arguments'])
  if (text) events.push({ type: 'tool-arguments', choice, index, text })
  return events
}
