import { type Clock, systemClock } from '@/lib/platform/clock.ts'
import { type CoordinatorMessage, type NodeMessage, nodeMessage } from './counter-messages.ts'
import { PermitLedger } from './permit-ledger.ts'

/** What the coordinator needs of a child process that was started with an IPC channel. */
export interface CounterChild {
  send(message: object, done: (error: Error | null) => void): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
  once(event: 'disconnect', listener: () => void): unknown
}

interface Member {
  readonly child: CounterChild
  /** Has told what it admitted while it was alone. */
  isShared: boolean
  /** The hello that is not answered yet. */
  hello: number | null
}

/** How long newcomers wait for a node that was alone until now to tell what it admitted. They give up after 250 ms. */
const joiningMs = 200
/** A node that is left alone counts only its own admissions, so those of the others must have left every window. */
const leavingMs = 1_500

/**
 * Owns the exact rate windows of the nodes of one gateway on this host. One per gateway, in the process that starts
 * the nodes: `attach` each child as soon as it is spawned. A child that never says hello costs nothing; one that
 * disconnects is forgotten. A node that is the only one is told so, and then counts for itself without asking.
 */
export class Coordinator {
  readonly #clock: Clock
  readonly #ledger = new PermitLedger()
  readonly #members = new Set<Member>()
  #joining: NodeJS.Timeout | null = null
  #leaving: NodeJS.Timeout | null = null

  constructor(clock: Clock = systemClock) {
    this.#clock = clock
  }

  /** How many nodes count together. */
  get nodes(): number {
    return this.#members.size
  }

  attach(child: CounterChild): void {
    const member: Member = { child, isShared: false, hello: null }
    child.on('message', (message) => {
      const parsed = nodeMessage.safeParse(message)
      if (parsed.success) this.#receive(member, parsed.data)
    })
    child.once('disconnect', () => this.#leave(member))
  }

  /** Stops the timers. Nodes fall back to a share each. */
  close(): void {
    this.#members.clear()
    for (const timer of [this.#joining, this.#leaving]) if (timer !== null) clearTimeout(timer)
  }

  #receive(member: Member, message: NodeMessage): void {
    const now = this.#clock.now()
    for (const [key, windowMs, from, counts] of message.spendings ?? []) {
      this.#ledger.spend({ key, windowMs, from, counts }, now)
    }
    for (const [key, permits, through, used, lastUsed] of message.settlements ?? []) {
      this.#ledger.settle({ key, permits, through, used, lastUsed }, now)
    }
    if (message.isShared === true) {
      member.isShared = true
      this.#welcome()
    }
    if (message.hello !== undefined) this.#join(member, message.hello)
    if (message.asks !== undefined) this.#grant(member, message.asks)
  }

  #grant(member: Member, asks: NonNullable<NodeMessage['asks']>): void {
    const now = this.#clock.now()
    const blocks = asks.map(
      ([id, key, limit, windowMs, needed, wished]): [number, number, number, number] => {
        const { permits, from, through } = this.#ledger.acquire({ key, limit, windowMs, needed, wished }, now)
        return [id, permits, from, through]
      },
    )
    send(member, { type: 'counters', blocks })
  }

  #join(member: Member, hello: number): void {
    member.hello = hello
    if (!this.#members.has(member)) {
      this.#members.add(member)
      if (this.#leaving !== null) clearTimeout(this.#leaving)
      this.#leaving = null
      for (const other of this.#members) {
        if (other !== member) send(other, this.#census())
      }
    }
    this.#welcome()
  }

  /** Answers every hello, once all the others have told what they admitted alone. */
  #welcome(isOverdue = false): void {
    const members = [...this.#members]
    const isReady = members.every(({ isShared, hello }) => isShared || hello !== null)
    if (!isReady && !isOverdue) {
      this.#joining ??= setTimeout(() => this.#welcome(true), joiningMs).unref()
      return
    }
    if (this.#joining !== null) clearTimeout(this.#joining)
    this.#joining = null
    for (const member of members) {
      const { hello } = member
      member.hello = null
      if (hello !== null) send(member, { ...this.#census(), hello })
    }
  }

  #leave(member: Member): void {
    if (!this.#members.delete(member)) return
    this.#welcome()
    if (this.#members.size !== 1) {
      this.#tellAll()
      return
    }
    this.#leaving = setTimeout(() => {
      this.#leaving = null
      for (const last of this.#members) last.isShared = false
      this.#tellAll()
    }, leavingMs).unref()
    this.#tellAll()
  }

  /** A node that is alone since a moment ago still has to ask. */
  #census(): CoordinatorMessage {
    const present = this.#members.size
    return { type: 'counters', nodes: this.#leaving === null ? present : present + 1, present }
  }

  #tellAll(): void {
    const census = this.#census()
    for (const member of this.#members) send(member, census)
  }
}

/** A child that died a moment ago takes no message; its `disconnect` is on the way. */
function send({ child }: Member, message: CoordinatorMessage): void {
  child.send(message, () => {})
}
