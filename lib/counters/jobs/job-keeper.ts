import type { CounterChild } from '@/lib/counters/coordinator.ts'
import type { JobBook } from './job-book.ts'
import { isOfJobs, type JobKeeperMessage, type JobNodeMessage, jobNodeMessage } from './job-messages.ts'
import type { FoundServices } from './job-source.ts'

/**
 * Keeps for the nodes of one gateway on this host which service has what, in the process that starts them: `attach` each
 * child as soon as it is spawned.
 */
export class JobKeeper {
  readonly #book: JobBook

  constructor(book: JobBook) {
    this.#book = book
  }

  attach(child: CounterChild): void {
    child.on('message', (raw) => {
      if (!isOfJobs(raw)) return
      const { data } = jobNodeMessage.safeParse(raw)
      if (data === undefined) return
      const answer = [...this.#answer(data.ask)]
      // A child that died a moment ago takes no message.
      child.send({ type: 'jobs', id: data.id, answer } satisfies JobKeeperMessage, () => {})
    })
  }

  #answer(ask: JobNodeMessage['ask']): FoundServices {
    if (ask[0] === 'find') return this.#book.find(ask[1], ask[2])
    if (ask[0] === 'claim') return [this.#book.claim(ask[1], ask[2], ask[3], ask[4])]
    for (const [api, name, service] of ask[1]) this.#book.remember(api, [name], service)
    return []
  }
}
