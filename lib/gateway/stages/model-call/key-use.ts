import { retryAfterMs } from '@/lib/gateway/runtime/health/retry-after.ts'
import type { KeyRing } from '@/lib/gateway/runtime/keys/key-ring.ts'
import type { ProviderKey } from '@/lib/gateway/runtime/keys/provider-key.ts'
import { isCredentialRefused } from '@/lib/gateway/stages/model-call/tell-failure.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'

/** One key for one try, and what the answer teaches about it. */
export class KeyUse {
  readonly ring: KeyRing
  readonly key: ProviderKey
  /** This one included. */
  readonly tried: readonly ProviderKey[]

  constructor(ring: KeyRing, key: ProviderKey, before: readonly ProviderKey[]) {
    this.ring = ring
    this.key = key
    this.tried = [...before, key]
  }

  get hasNext(): boolean {
    return this.ring.hasAnother(this.tried)
  }

  /** An answer has begun. */
  accepted(): void {
    this.ring.accepted(this.key)
  }

  /** The whole of an answer has come. */
  succeeded(): void {
    this.ring.succeeded(this.key)
  }

  /** The service says that something is wrong. True: the key's fault, and another one may do better. */
  failed(status: number, failure: ProtocolFailure, retryAfter: string | null, now: number): boolean {
    if (isCredentialRefused(status, failure)) {
      this.ring.refused(this.key, `Answered ${status}`)
      return true
    }
    if (status === 429) {
      this.ring.askedToRest(this.key, retryAfterMs(retryAfter, now))
      return true
    }
    if (status >= 500) this.ring.failed(this.key, `Answered ${status}`)
    else this.ring.succeeded(this.key)
    return false
  }

  /** No answer came of it, though the request was sent. */
  unanswered(reason: string): void {
    this.ring.failed(this.key, reason)
  }
}
