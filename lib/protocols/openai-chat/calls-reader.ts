import { refuseTooMany } from '@/lib/protocols/bounded-count.ts'
import type { StreamEvent } from '@/lib/protocols/canonical.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'
import { thoughtSignatureOf } from './thought-signature.ts'

/** The tool calls of one choice as they stream in. */
export class CallsReader {
  count = 0
  readonly #choice: number
  /** By the upstream's number: our number and the id. Some upstreams give every call the number 0, or none. */
  readonly #open = new Map<number, { index: number; id: string }>()

  constructor(choice: number) {
    this.#choice = choice
  }

  read(delta: JsonObject, events: StreamEvent[]): void {
    const calls = delta['tool_calls']
    if (calls !== undefined && calls !== null) {
      for (const call of objectsOf(calls)) this.#readCall(call, objectOf(call['function']), events)
    } else if (isJsonObject(delta['function_call'])) {
      this.#readCall({ index: 0 }, delta['function_call'], events)
    }
  }

  #readCall(call: JsonObject, definition: JsonObject, events: StreamEvent[]): void {
    const id = textOf(call['id']) ?? ''
    const name = textOf(definition['name']) ?? ''
    const number = numberOf(call['index']) ?? (id === '' ? this.count - 1 : this.count)
    let open = this.#open.get(number)
    if (open === undefined || (id !== '' && name !== '' && id !== open.id)) {
      refuseTooMany(this.count, 'calls')
      open = { index: this.count, id: id === '' ? `call_${this.#choice}_${this.count}` : id }
      this.count += 1
      this.#open.set(number, open)
      events.push({
        type: 'tool-call',
        choice: this.#choice,
        index: open.index,
        id: open.id,
        name,
        ...thoughtSignatureOf(call),
      })
    }
    const json = definition['arguments']
    const text = isJsonObject(json) ? stringifyExact(json) : (textOf(json) ?? '')
    if (text !== '') events.push({ type: 'tool-arguments', choice: this.#choice, index: open.index, text })
  }
}
