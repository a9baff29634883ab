import type { ConsumerKey } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import { ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { Steps } from '@/lib/platform/slices.ts'
import { decodeConsumer } from '@/lib/snapshot/snapshot-codec.ts'
import { type KeyAccess, KeySources } from './key-sources.ts'
import { SeenSignatures } from './seen-signatures.ts'
import { VerifiedTokens } from './verified-tokens.ts'
import { WorkspaceCredentials } from './workspace-credentials.ts'

/** All consumers of a snapshot, by what they prove themselves with. */
export class ConsumerIndex {
  /** By their text. */
  readonly #consumers = new Map<string, ConsumerRuntime>()
  readonly #keys = new Map<string, ConsumerKey>()
  readonly #workspaces = new Map<string, WorkspaceCredentials>()
  readonly #sources: KeySources
  /** Goes on over snapshots: what was used once stays used. */
  readonly #seen: SeenSignatures
  readonly verified = new VerifiedTokens()

  constructor(access: KeyAccess, previous: ConsumerIndex | null) {
    this.#sources = new KeySources(access, previous === null ? null : previous.#sources)
    this.#seen = previous === null ? new SeenSignatures() : previous.#seen
  }

  get size(): number {
    return this.#consumers.size
  }

  consumerFrom(line: string): ConsumerRuntime | undefined {
    return this.#consumers.get(line)
  }

  isFor(access: KeyAccess): boolean {
    return this.#sources.isFor(access)
  }

  /** By the digest of a key. */
  find(digest: string): ConsumerKey | undefined {
    return this.#keys.get(digest)
  }

  named(workspaceId: string, id: string): ConsumerRuntime | null {
    for (const consumer of this.#consumers.values()) {
      if (consumer.id === id && consumer.workspaceId === workspaceId) return consumer
    }
    return null
  }

  credentialsOf(workspaceId: string): WorkspaceCredentials {
    const known = this.#workspaces.get(workspaceId) ?? new WorkspaceCredentials(this.#seen)
    this.#workspaces.set(workspaceId, known)
    return known
  }

  /** Only while it is built. Throws `SnapshotRefused` on a key that another consumer has. */
  add(consumer: ConsumerRuntime): void {
    this.#consumers.set(consumer.line, consumer)
    const credentials = this.credentialsOf(consumer.workspaceId)
    for (const key of consumer.keys) {
      if (this.#keys.has(key.digest)) {
        throw new SnapshotRefused(`A key of consumer ${consumer.name} is another credential's too.`)
      }
      this.#keys.set(key.digest, key)
      credentials.addLocation(key.location)
    }
    for (const jwt of consumer.jwts) credentials.addJwt(jwt, consumer, this.#sources.of(jwt.keys))
    for (const key of consumer.hmacKeys) credentials.addHmacKey(key, consumer)
  }
}

/** The index of before where nothing changed; else what was prepared of each unchanged consumer is taken over. */
export function* indexConsumers(
  lines: readonly string[],
  access: KeyAccess,
  previous: ConsumerIndex | null,
): Steps<ConsumerIndex> {
  const isSame = previous?.size === lines.length && lines.every((line) => previous.consumerFrom(line))
  if (previous?.isFor(access) && isSame) return previous
  const index = new ConsumerIndex(access, previous)
  for (const line of lines) {
    index.add(previous?.consumerFrom(line) ?? new ConsumerRuntime(line, decodeConsumer(line)))
    yield
  }
  return index
}
