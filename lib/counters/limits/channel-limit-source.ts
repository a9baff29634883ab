import type { CounterChannel } from '@/lib/counters/channel-permit-source.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { LimitBook } from './limit-book.ts'
import { type LimitNodeMessage, limitKeeperMessage, toRow } from './limit-messages.ts'
import type { LimitSource, LimitUse, LimitVerdict } from './limit-source.ts'

export interface ChannelLimitSourceOptions {
  readonly channel: CounterChannel
  readonly clock: Clock
  /** How long a request waits for an answer at most. Default 1 s. */
  readonly patienceMs?: number
  /** The keeper does not answer any more, or again. */
  readonly onChange?: (isAway: boolean) => void
}

const patienceMsDefault = 1_000
const probeEveryMs = 500
/** What is counted without the keeper, and told when it is back. */
const untoldMax = 50_000

interface Pending {
  readonly askedAt: number
  readonly uses: readonly LimitUse[]
  readonly resolve: (verdict: LimitVerdict) => void
}

interface Untold {
  readonly use: LimitUse
  amount: number
}

/**
 * Asks the process that started this one about every request, all of a turn in one message. While it keeps a request
 * waiting for too long, and before it has spoken, the node counts for itself, each amount divided by the last known
 * number of nodes, and tells what it counted once there is an answer again.
 */
export class ChannelLimitSource implements LimitSource {
  readonly #channel: CounterChannel
  readonly #clock: Clock
  readonly #patienceMs: number
  readonly #onChange: (isAway: boolean) => void
  readonly #pending = new Map<number, Pending>()
  readonly #probes: NodeJS.Timeout
  #asks: NonNullable<LimitNodeMessage['asks']> = []
  #spendings: NonNullable<LimitNodeMessage['spendings']> = []
  #untold = new Map<string, Untold>()
  #alone: LimitBook
  #isAway = true
  #isFlushing = false
  #watchdog: NodeJS.Timeout | null = null
  #nodes = 1
  #lastId = 0
  #helloId = 0
  #markJoined: () => void = () => {}

  constructor({ channel, clock, patienceMs, onChange }: ChannelLimitSourceOptions) {
    this.#channel = channel
    this.#clock = clock
    this.#patienceMs = patienceMs ?? patienceMsDefault
    this.#onChange = onChange ?? (() => {})
    this.#alone = new LimitBook(clock)
    this.#probes = setInterval(() => this.#probe(), probeEveryMs).unref()
    channel.onMessage((message) => this.#receive(message))
  }

  get isAway(): boolean {
    return this.#isAway
  }

  /** Says hello. Resolves with the answer, or after `timeoutMs` without: a node that counts alone knows of no quota. */
  async join(timeoutMs = 2_000): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#markJoined = resolve
      timer = setTimeout(resolve, timeoutMs)
      this.#probe()
    })
    clearTimeout(timer)
  }

  admit(uses: readonly LimitUse[]): LimitVerdict | Promise<LimitVerdict> {
    if (this.#isAway) return this.#admitAlone(uses, true)
    const id = ++this.#lastId
    this.#asks.push([id, uses.map(toRow)])
    this.#flushSoon()
    this.#watchdog ??= setTimeout(() => this.#lookAtClock(), this.#patienceMs).unref()
    return new Promise((resolve) => {
      this.#pending.set(id, { askedAt: performance.now(), uses, resolve })
    })
  }

  spend(uses: readonly LimitUse[], amount: number): void {
    if (amount <= 0) return
    if (this.#isAway) {
      this.#alone.spend(uses, amount)
      for (const use of uses) this.#remember(use, amount)
      return
    }
    this.#spendings.push([uses.map(toRow), amount])
    this.#flushSoon()
  }

  /** Tells what is still to be told. */
  close(): void {
    clearInterval(this.#probes)
    if (this.#watchdog !== null) clearTimeout(this.#watchdog)
    this.#flush()
    this.#answerPending()
  }

  #receive(message: unknown): void {
    const { data } = limitKeeperMessage.safeParse(message)
    if (data === undefined) return
    this.#nodes = data.nodes
    for (const [id, refused, states] of data.verdicts ?? []) {
      const verdict = { refused, states: states.map(([left, renewsInMs]) => ({ left, renewsInMs })) }
      this.#pending.get(id)?.resolve(verdict)
      this.#pending.delete(id)
    }
    if (data.hello === this.#helloId) this.#isBack()
  }

  #isBack(): void {
    this.#markJoined()
    if (!this.#isAway) return
    this.#isAway = false
    for (const { use, amount } of this.#untold.values()) this.spend([use], amount)
    this.#untold = new Map()
    this.#alone = new LimitBook(this.#clock)
    this.#onChange(false)
  }

  #probe(): void {
    if (!this.#isAway) return
    this.#helloId += 1
    this.#channel.send({ type: 'limits', hello: this.#helloId } satisfies LimitNodeMessage)
  }

  /** After the messages that have arrived are read: it may be this process that was late. */
  #lookAtClock(): void {
    setImmediate(() => {
      this.#watchdog = null
      const [oldest] = this.#pending.values()
      if (oldest === undefined) return
      const leftMs = this.#patienceMs - (performance.now() - oldest.askedAt)
      if (leftMs > 0) {
        this.#watchdog = setTimeout(() => this.#lookAtClock(), leftMs).unref()
        return
      }
      this.#isAway = true
      this.#answerPending()
      this.#probe()
      this.#onChange(true)
    })
  }

  /** The keeper counts these when it reads them. */
  #answerPending(): void {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { uses, resolve } of pending) resolve(this.#admitAlone(uses, false))
  }

  #admitAlone(uses: readonly LimitUse[], isToBeTold: boolean): LimitVerdict {
    const nodes = this.#nodes
    const share = uses.map((use) => ({ ...use, amount: Math.max(1, Math.floor(use.amount / nodes)) }))
    const verdict = this.#alone.admit(share)
    if (verdict.refused === null && isToBeTold) {
      for (const use of uses) if (use.weight > 0) this.#remember(use, use.weight)
    }
    return verdict
  }

  #remember(use: LimitUse, amount: number): void {
    const key = `${use.rule} ${use.value}`
    const known = this.#untold.get(key)
    if (known !== undefined) known.amount += amount
    else if (this.#untold.size < untoldMax) this.#untold.set(key, { use, amount })
  }

  #flushSoon(): void {
    if (this.#isFlushing) return
    this.#isFlushing = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    const [asks, spendings] = [this.#asks, this.#spendings]
    this.#isFlushing = false
    if (asks.length === 0 && spendings.length === 0) return
    this.#asks = []
    this.#spendings = []
    this.#channel.send({ type: 'limits', asks, spendings } satisfies LimitNodeMessage)
  }
}
