import type { CounterChannel } from '@/lib/counters/channel-permit-source.ts'
import { JobBook } from './job-book.ts'
import { isOfJobs, type JobNodeMessage, jobKeeperMessage } from './job-messages.ts'
import type { FoundServices, JobSource } from './job-source.ts'

export interface ChannelJobSourceOptions {
  readonly channel: CounterChannel
  /** How long a call waits for an answer at most. Default 3 s: a wrong service knows nothing of a job. */
  readonly patienceMs?: number
  /** The keeper does not answer any more, or again. */
  readonly onChange?: (isAway: boolean) => void
}

const patienceMsDefault = 3_000
/** What a node keeps of what it has seen, for when the keeper does not answer. */
const ownMax = 10_000

/**
 * Asks the process that started this one. While that keeps a call waiting for too long, the node goes by what it has
 * seen itself, and tells it once there is an answer again: the channel loses nothing, so what was asked is answered.
 */
export class ChannelJobSource implements JobSource {
  readonly #channel: CounterChannel
  readonly #patienceMs: number
  readonly #onChange: (isAway: boolean) => void
  readonly #pending = new Map<number, (answer: FoundServices | null) => void>()
  readonly #own = new JobBook(ownMax)
  #untold = new JobBook(ownMax)
  #isAway = false
  #lastId = 0

  constructor({ channel, patienceMs, onChange }: ChannelJobSourceOptions) {
    this.#channel = channel
    this.#patienceMs = patienceMs ?? patienceMsDefault
    this.#onChange = onChange ?? (() => {})
    channel.onMessage((message) => this.#receive(message))
  }

  get isAway(): boolean {
    return this.#isAway
  }

  async find(api: string, names: readonly string[]): Promise<FoundServices> {
    const kept = await this.#ask(['find', api, [...names]])
    const own = this.#own.find(api, names)
    return own.map((service, index) => kept?.[index] ?? service)
  }

  async claim(api: string, names: readonly string[], seen: FoundServices, service: string): Promise<string> {
    const wasAway = this.#isAway
    const answer = await this.#ask(['claim', api, [...names], [...seen], service])
    const holder = answer?.[0] ?? this.#own.claim(api, names, seen, service)
    this.#own.remember(api, names, holder)
    if (wasAway) this.#untold.remember(api, names, holder)
    return holder
  }

  async remember(api: string, names: readonly string[], service: string): Promise<void> {
    this.#own.remember(api, names, service)
    if (this.#isAway) this.#untold.remember(api, names, service)
    else await this.#ask(['remember', names.map((name) => [api, name, service])])
  }

  close(): void {
    this.#answerPending()
  }

  /** Null: there is no answer in time. */
  #ask(ask: JobNodeMessage['ask']): Promise<FoundServices | null> {
    if (this.#isAway) return Promise.resolve(null)
    const id = ++this.#lastId
    this.#channel.send({ type: 'jobs', id, ask } satisfies JobNodeMessage)
    return new Promise((resolve) => {
      // After the messages that have arrived are read: it may be this process that was late.
      const timer = setTimeout(() => setImmediate(() => this.#late(id)), this.#patienceMs).unref()
      this.#pending.set(id, (answer) => {
        clearTimeout(timer)
        resolve(answer)
      })
    })
  }

  #receive(message: unknown): void {
    if (!isOfJobs(message)) return
    const { data } = jobKeeperMessage.safeParse(message)
    if (data === undefined) return
    this.#pending.get(data.id)?.(data.answer)
    this.#pending.delete(data.id)
    if (this.#isAway) this.#isBack()
  }

  #late(id: number): void {
    if (!this.#pending.has(id)) return
    this.#isAway = true
    this.#answerPending()
    this.#onChange(true)
  }

  #isBack(): void {
    this.#isAway = false
    const untold = this.#untold.rows()
    this.#untold = new JobBook(ownMax)
    if (untold.length > 0) void this.#ask(['remember', untold])
    this.#onChange(false)
  }

  #answerPending(): void {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const resolve of pending) resolve(null)
  }
}
