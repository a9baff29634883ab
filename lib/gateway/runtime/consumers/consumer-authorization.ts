import type { ConsumerIndex } from '@/lib/gateway/runtime/consumers/consumer-index.ts'
import type { ConsumerKey, ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import { apiKeyDigest } from '@/lib/snapshot/api-key-digest.ts'
import type { VerifiedTokens } from './verified-tokens.ts'
import type { WorkspaceCredentials } from './workspace-credentials.ts'

/** Whom one Model API admits, as one snapshot has it. */
export class ConsumerAuthorization {
  readonly credentials: WorkspaceCredentials
  readonly verified: VerifiedTokens
  readonly #workspaceId: string
  readonly #index: ConsumerIndex
  readonly #admitted: ReadonlySet<string>

  constructor(workspaceId: string, index: ConsumerIndex, consumerIds: readonly string[]) {
    this.credentials = index.credentialsOf(workspaceId)
    this.verified = index.verified
    this.#workspaceId = workspaceId
    this.#index = index
    this.#admitted = new Set(consumerIds)
  }

  /** Bound to the API's workspace, so that what is found by it is of that workspace. */
  digestOf(secret: string): string {
    return apiKeyDigest(this.#workspaceId, secret)
  }

  find(digest: string): ConsumerKey | undefined {
    return this.#index.find(digest)
  }

  /** By its id, of the API's workspace. A look at all of them: not for traffic. */
  named(consumerId: string): ConsumerRuntime | null {
    return this.#index.named(this.#workspaceId, consumerId)
  }

  admits({ consumer }: Pick<ConsumerKey, 'consumer'>): boolean {
    return this.#admitted.has(consumer.id)
  }
}
