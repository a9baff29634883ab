import type { Clock } from '@/lib/platform/clock.ts'
import { coordinatorMessage, type NodeMessage } from './counter-messages.ts'
import type {
  BlockHolder,
  PermitBlock,
  PermitRequest,
  PermitSource,
  Settlement,
  Spending,
} from './permit-source.ts'

/** The channel to the process that started this one. */
export interface CounterChannel {
  send(message: object): void
  onMessage(listener: (message: unknown) => void): void
}

export interface ChannelPermitSourceOptions {
  readonly channel: CounterChannel
  readonly clock: Clock
  /** How long a request waits for a permit at most. Default 50 ms. */
  readonly patienceMs?: number
  /** The coordinator has not answered in time for a second, or answers again after that. */
  readonly onChange?: (state: { isAway: boolean; nodes: number }) => void
}

const patienceMsDefault = 50
const probeEveryMs = 500
/** A hiccup is nobody's concern. */
const announceAfterMs = 1_000
const sweepEveryMs = 25
const nothing: PermitBlock = { permits: 0, from: -1, through: -1 }

type Row<Field extends 'asks' | 'settlements'> = NonNullable<NodeMessage[Field]>[number]

interface Pending {
  readonly askedAt: number
  readonly resolve: (block: PermitBlock) => void
}

/**
 * Permits from the coordinator in the process that started this one, all messages of a turn in one. Alone until told
 * otherwise. While the coordinator keeps a request waiting for more than 50 ms, each node admits the limit divided by
 * the last known number of nodes, at least one, and asks at once, then every half second, whether it is back.
 */
export class ChannelPermitSource implements PermitSource {
  readonly #channel: CounterChannel
  readonly #clock: Clock
  readonly #patienceMs: number
  readonly #onChange: (state: { isAway: boolean; nodes: number }) => void
  readonly #pending = new Map<number, Pending>()
  readonly #holders = new Set<BlockHolder>()
  readonly #answered: Promise<void>
  #markAnswered: () => void = () => {}
  #asks: Row<'asks'>[] = []
  #settlements: Row<'settlements'>[] = []
  #isFlushing = false
  #nodes = 1
  #present = 1
  #isAway = false
  #localSince = 0
  #lastId = 0
  #helloAt = 0
  #helloId = 0
  #watchdog: NodeJS.Timeout | null = null
  #probes: NodeJS.Timeout | null = null
  #announcement: NodeJS.Timeout | null = null
  #isAnnounced = false
  #sweeper: NodeJS.Timeout | null = null
  localShare: number | null = 1
  timesAway = 0
  onShared: (since: number) => readonly Spending[] = () => []
  /** So many nodes are there now, this one among them; told at once when one comes or goes. Until told, it is alone. */
  onPresent: (nodes: number) => void = () => {}

  constructor({ channel, clock, patienceMs, onChange }: ChannelPermitSourceOptions) {
    this.#channel = channel
    this.#clock = clock
    this.#patienceMs = patienceMs ?? patienceMsDefault
    this.#onChange = onChange ?? (() => {})
    this.#answered = new Promise((resolve) => {
      this.#markAnswered = resolve
    })
    channel.onMessage((message) => this.#receive(message))
  }

  get isAway(): boolean {
    return this.#isAway
  }

  get nodes(): number {
    return this.#nodes
  }

  /** Says hello. Resolves with the answer, or after `timeoutMs` without: then there is no coordinator, until it speaks. */
  async join(timeoutMs = 250): Promise<void> {
    this.#hello()
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs)
    })
    await Promise.race([this.#answered, timeout])
    clearTimeout(timer)
  }

  close(): void {
    for (const timer of [this.#watchdog, this.#probes, this.#sweeper, this.#announcement]) {
      if (timer !== null) clearTimeout(timer)
    }
    this.#resolveAll()
  }

  acquire({ key, limit, windowMs, needed, wished }: PermitRequest): Promise<PermitBlock> {
    if (this.localShare !== null) return Promise.resolve(nothing)
    const id = ++this.#lastId
    this.#asks.push([id, key, limit, windowMs, needed, wished])
    this.#flushSoon()
    this.#watchdog ??= setTimeout(() => this.#lookAtClock(), this.#patienceMs).unref()
    return new Promise((resolve) => {
      this.#pending.set(id, { askedAt: performance.now(), resolve })
    })
  }

  settle({ key, permits, through, used, lastUsed }: Settlement): void {
    this.#settlements.push([key, permits, through, used, lastUsed])
    this.#flushSoon()
  }

  watch(holder: BlockHolder): void {
    this.#holders.add(holder)
    this.#sweeper ??= setTimeout(() => this.#sweep(), sweepEveryMs).unref()
  }

  #receive(message: unknown): void {
    const parsed = coordinatorMessage.safeParse(message)
    if (!parsed.success) return
    const { nodes, present = nodes, hello, blocks } = parsed.data
    if (hello !== undefined && hello === this.#helloId) {
      this.#markAnswered()
      if (performance.now() - this.#helloAt <= this.#patienceMs) this.#setAway(false)
    }
    if (nodes !== undefined) {
      this.#nodes = nodes
      this.#decideShare()
    }
    if (present !== undefined && present !== this.#present) {
      this.#present = present
      this.onPresent(present)
    }
    for (const [id, permits, from, through] of blocks ?? []) {
      this.#pending.get(id)?.resolve({ permits, from, through })
      this.#pending.delete(id)
    }
  }

  #decideShare(): void {
    const share = this.#nodes === 1 ? 1 : this.#isAway ? 1 / this.#nodes : null
    if (this.localShare === null && share !== null) this.#localSince = this.#clock.now()
    if (this.localShare !== null && share === null) {
      const spendings = this.onShared(this.#localSince).map((spent): [string, number, number, number[]] => [
        spent.key,
        spent.windowMs,
        spent.from,
        [...spent.counts],
      ])
      this.#channel.send({ type: 'counters', spendings, isShared: true } satisfies NodeMessage)
    }
    this.localShare = share
    if (share !== null) this.#resolveAll()
  }

  #setAway(isAway: boolean): void {
    if (isAway === this.#isAway) return
    this.#isAway = isAway
    if (isAway) this.timesAway += 1
    if (this.#probes !== null) clearInterval(this.#probes)
    this.#probes = isAway ? setInterval(() => this.#hello(), probeEveryMs).unref() : null
    this.#decideShare()
    if (isAway) this.#hello()
    this.#announce(isAway)
  }

  #announce(isAway: boolean): void {
    if (this.#announcement !== null) clearTimeout(this.#announcement)
    const say = () => {
      this.#isAnnounced = isAway
      this.#onChange({ isAway, nodes: this.#nodes })
    }
    this.#announcement = isAway ? setTimeout(say, announceAfterMs).unref() : null
    if (!isAway && this.#isAnnounced) say()
  }

  #hello(): void {
    this.#helloId += 1
    this.#helloAt = performance.now()
    this.#channel.send({ type: 'counters', hello: this.#helloId } satisfies NodeMessage)
  }

  /** After the messages that have arrived are read: it may be this process that was late. */
  #lookAtClock(): void {
    setImmediate(() => {
      this.#watchdog = null
      const [oldest] = this.#pending.values()
      if (oldest === undefined) return
      const left = this.#patienceMs - (performance.now() - oldest.askedAt)
      if (left <= 0) this.#setAway(true)
      else this.#watchdog = setTimeout(() => this.#lookAtClock(), left).unref()
    })
  }

  #resolveAll(): void {
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { resolve } of waiting) resolve(nothing)
  }

  #sweep(): void {
    this.#sweeper = null
    const now = this.#clock.now()
    const holders = [...this.#holders]
    this.#holders.clear()
    for (const holder of holders) if (holder.sweep(now)) this.watch(holder)
  }

  #flushSoon(): void {
    if (this.#isFlushing) return
    this.#isFlushing = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    const asks = this.#asks
    const settlements = this.#settlements
    this.#asks = []
    this.#settlements = []
    this.#isFlushing = false
    this.#channel.send({ type: 'counters', settlements, asks } satisfies NodeMessage)
  }
}
