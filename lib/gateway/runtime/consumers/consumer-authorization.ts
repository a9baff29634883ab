import type { ConsumerIndex, CredentialNames } from '@/lib/gateway/runtime/consumers/consumer-index.ts'
import type { ConsumerKey, ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'

/** Whom one Model API admits, as one snapshot has it. */
export class ConsumerAuthorization {
  readonly names: CredentialNames
  readonly #workspaceId: string
  readonly #index: ConsumerIndex
  readonly #admitted: ReadonlySet<string>

  constructor(workspaceId: string, index: ConsumerIndex, consumerIds: readonly string[]) {
    this.names = index.namesOf(workspaceId)
    this.#workspaceId = workspaceId
    this.#index = index
    this.#admitted = new Set(consumerIds)
  }

  /** Of the API's workspace only. */
  find(key: string): ConsumerKey | undefined {
    return this.#index.find(this.#workspaceId, key)
  }

  /** By its id, of the API's workspace. A look at all of them: not for traffic. */
  named(consumerId: string): ConsumerRuntime | null {
    return this.#index.named(this.#workspaceId, consumerId)
  }

  admits({ consumer }: Pick<ConsumerKey, 'consumer'>): boolean {
    return this.#admitted.has(consumer.id)
  }
}
