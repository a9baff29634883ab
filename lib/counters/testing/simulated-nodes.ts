import { LeasedWindow } from '@/lib/counters/leased-window.ts'
import { PermitLedger } from '@/lib/counters/permit-ledger.ts'
import type {
  BlockHolder,
  PermitBlock,
  PermitRequest,
  PermitSource,
  Settlement,
} from '@/lib/counters/permit-source.ts'
import type { RateWindow } from '@/lib/counters/rate-window.ts'

/** Turns of the microtask queue that see every waiting request of a node through. */
const turnsPerStep = 12

/** A clock, a ledger, and messages between them and the nodes that take their time. */
export class SimulatedHost {
  now = 1_000_000
  readonly ledger = new PermitLedger()
  readonly nodes: SimulatedNode[] = []
  /** Admissions of all nodes by slot. */
  readonly admitted = new Map<number, number>()
  #messages: Array<{ readonly at: number; readonly run: () => void }> = []

  send(delayMs: number, run: () => void): void {
    this.#messages.push({ at: this.now + delayMs, run })
  }

  addNode(key: string, limit: number, delayMs: number): SimulatedNode {
    const node = new SimulatedNode(this, key, limit, delayMs)
    this.nodes.push(node)
    return node
  }

  /** Lets `ms` pass, with `arrivals` asked for each node in each of them. */
  async run(ms: number, arrivals: (node: number, at: number) => number): Promise<void> {
    for (let step = 0; step < ms; step++) {
      this.now += 1
      const due = this.#messages.filter(({ at }) => at <= this.now)
      if (due.length > 0) this.#messages = this.#messages.filter(({ at }) => at > this.now)
      for (const { run } of due) run()
      this.nodes.forEach((node, index) => {
        if (step % 25 === 17) node.sweep()
        for (let count = arrivals(index, step); count > 0; count--) void node.offer()
      })
      for (let turn = 0; turn < turnsPerStep; turn++) await Promise.resolve()
    }
  }

  admittedBetween(from: number, to: number): number {
    let sum = 0
    for (const [slot, count] of this.admitted) if (slot * 50 >= from && slot * 50 < to) sum += count
    return sum
  }

  /** The most that any twenty slots in a row have seen. */
  worstWindow(): number {
    const slots = [...this.admitted.keys()].sort((one, other) => one - other)
    const last = slots.at(-1) ?? 0
    let worst = 0
    for (let end = slots[0] ?? 0; end <= last; end++) {
      let sum = 0
      for (let slot = end - 19; slot <= end; slot++) sum += this.admitted.get(slot) ?? 0
      worst = Math.max(worst, sum)
    }
    return worst
  }
}

export class SimulatedNode implements PermitSource {
  readonly #host: SimulatedHost
  readonly #limit: number
  readonly #delayMs: number
  readonly #holders = new Set<BlockHolder>()
  readonly window: RateWindow
  localShare: number | null = null
  admitted = 0
  refused = 0
  asked = 0
  onShared = () => []

  constructor(host: SimulatedHost, key: string, limit: number, delayMs: number) {
    this.#host = host
    this.#limit = limit
    this.#delayMs = delayMs
    this.window = new LeasedWindow(key, this, { now: () => host.now })
  }

  async offer(): Promise<boolean> {
    for (;;) {
      const verdict = this.window.check(this.#limit, this.#host.now)
      if (verdict === 'unknown') await this.window.refill(this.#limit, this.#host.now)
      else if (verdict === 'exhausted') {
        this.refused += 1
        return false
      } else {
        this.window.take(this.#host.now)
        const slot = Math.floor(this.#host.now / 50)
        this.#host.admitted.set(slot, (this.#host.admitted.get(slot) ?? 0) + 1)
        this.admitted += 1
        return true
      }
    }
  }

  acquire(request: PermitRequest): Promise<PermitBlock> {
    this.asked += 1
    return new Promise((resolve) => {
      this.#host.send(this.#delayMs, () => {
        const block = this.#host.ledger.acquire(request, this.#host.now)
        this.#host.send(this.#delayMs, () => resolve(block))
      })
    })
  }

  settle(settlement: Settlement): void {
    this.#host.send(this.#delayMs, () => this.#host.ledger.settle(settlement, this.#host.now))
  }

  watch(holder: BlockHolder): void {
    this.#holders.add(holder)
  }

  sweep(): void {
    for (const holder of this.#holders) if (!holder.sweep(this.#host.now)) this.#holders.delete(holder)
  }
}
