import { createProviderTools } from '@/lib/gateway/runtime/provider-tools.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import type { DialOptions } from '@/lib/gateway/upstream/upstream-pools.ts'
import type { JwtKeysSnapshot } from '@/lib/snapshot/consumer-snapshot.ts'
import { FetchedKeys } from './fetched-keys.ts'
import { createGivenKeys } from './given-keys.ts'
import type { VerificationKeys } from './verification-keys.ts'

/** How keys are asked for; under the egress policy, as every request is. */
export interface KeyAccess {
  readonly shared: Pick<SharedState, 'clock' | 'pools' | 'logger'>
  readonly dial: Pick<DialOptions, 'egress' | 'connectTimeoutMs'>
}

/** Keys that tokens are proved by, each set once, however many consumers share it. */
export class KeySources {
  readonly #access: KeyAccess
  /** Keys that were had under one policy may not be had under another. */
  readonly #policy: string
  readonly #previous: ReadonlyMap<string, VerificationKeys>
  readonly #sources = new Map<string, VerificationKeys>()

  constructor(access: KeyAccess, previous: KeySources | null) {
    this.#access = access
    this.#policy = JSON.stringify(access.dial)
    this.#previous = previous?.isFor(access) ? previous.#sources : new Map()
  }

  isFor({ dial }: KeyAccess): boolean {
    return this.#policy === JSON.stringify(dial)
  }

  of(keys: JwtKeysSnapshot): VerificationKeys {
    const text = JSON.stringify(keys)
    const source = this.#sources.get(text) ?? this.#previous.get(text) ?? this.#create(keys)
    this.#sources.set(text, source)
    return source
  }

  #create(keys: JwtKeysSnapshot): VerificationKeys {
    if (keys.from !== 'url') return createGivenKeys(keys)
    const { shared, dial } = this.#access
    return new FetchedKeys(keys.url, createProviderTools(shared, dial).fetch, shared.logger)
  }
}
