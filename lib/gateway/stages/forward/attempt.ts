import type { Instance } from '@/lib/gateway/runtime/instance.ts'

/** One try at one instance. The relay tells it what comes back, and it judges. */
export class Attempt {
  readonly instance: Instance

  constructor(instance: Instance) {
    this.instance = instance
  }

  /**
   * The head of a final answer, before anything of it is relayed. False: another instance shall answer instead, and
   * the relay gives this answer up. `retryAfter` is read for 429 and 503 only.
   */
  takes(_status: number, _retryAfter: string | null): boolean {
    return true
  }

  /** The answer had begun and ended before it was whole. */
  brokeOff(_cause: Error): void {}
}
