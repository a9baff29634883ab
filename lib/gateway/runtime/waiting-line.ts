import type { GatewayError } from '@/lib/gateway/error.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'

/** A request that waits because every instance it could go to is full. */
export interface Waiter {
  readonly request: Admitted
  readonly tried: readonly InstanceState[]
  /** Its turn has come; the place at the instance is taken within this call. */
  grant(instance: Instance): void
  refuse(error: GatewayError): void
}

/** First come, first served; requests that had their turn and must repeat it stand before all others. */
export class WaitingLine {
  readonly #repeating = new Set<Waiter>()
  readonly #fresh = new Set<Waiter>()

  get length(): number {
    return this.#repeating.size + this.#fresh.size
  }

  join(waiter: Waiter): void {
    if (waiter.tried.length > 0) this.#repeating.add(waiter)
    else this.#fresh.add(waiter)
  }

  leave(waiter: Waiter): void {
    this.#repeating.delete(waiter)
    this.#fresh.delete(waiter)
  }

  /** In order; whoever is looked at may leave meanwhile. */
  *[Symbol.iterator](): Generator<Waiter, void> {
    yield* this.#repeating
    yield* this.#fresh
  }
}
