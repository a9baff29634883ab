import type { CounterChild } from '@/lib/counters/coordinator.ts'
import type { LimitBook } from './limit-book.ts'
import { fromRow, type LimitKeeperMessage, limitNodeMessage } from './limit-messages.ts'

/**
 * Keeps the counts of Model APIs' rules for the nodes of one gateway on this host, in the process that starts them:
 * `attach` each child as soon as it is spawned. Every request is asked for, so that limits are exact over all nodes.
 */
export class LimitKeeper {
  readonly #book: LimitBook
  readonly #members = new Set<CounterChild>()

  constructor(book: LimitBook) {
    this.#book = book
  }

  attach(child: CounterChild): void {
    child.on('message', (raw) => {
      const { data } = limitNodeMessage.safeParse(raw)
      if (data === undefined) return
      for (const [uses, amount] of data.spendings ?? []) this.#book.spend(uses.map(fromRow), amount)
      const verdicts = data.asks?.map(([id, uses]): VerdictRow => {
        const { refused, states } = this.#book.admit(uses.map(fromRow))
        return [id, refused, states.map(({ left, renewsInMs }) => [left, renewsInMs])]
      })
      if (data.hello !== undefined) {
        this.#join(child)
        send(child, { type: 'limits', nodes: this.#nodes, hello: data.hello })
      }
      if (verdicts !== undefined) send(child, { type: 'limits', nodes: this.#nodes, verdicts })
    })
    child.once('disconnect', () => {
      if (this.#members.delete(child)) this.#tellOthers(child)
    })
  }

  get #nodes(): number {
    return Math.max(1, this.#members.size)
  }

  #join(child: CounterChild): void {
    if (this.#members.has(child)) return
    this.#members.add(child)
    this.#tellOthers(child)
  }

  #tellOthers(child: CounterChild): void {
    for (const other of this.#members)
      if (other !== child) send(other, { type: 'limits', nodes: this.#nodes })
  }
}

type VerdictRow = NonNullable<LimitKeeperMessage['verdicts']>[number]

/** A child that died a moment ago takes no message. */
function send(child: CounterChild, message: LimitKeeperMessage): void {
  child.send(message, () => {})
}
