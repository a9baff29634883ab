import type { ConsumerKey } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import { ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { Steps } from '@/lib/platform/slices.ts'
import { apiKeyDigest } from '@/lib/snapshot/api-key-digest.ts'
import { decodeConsumer } from '@/lib/snapshot/snapshot-codec.ts'

/** Where keys of a workspace may stand besides the usual headers. Headers in lower case. */
export interface CredentialNames {
  readonly headers: ReadonlySet<string>
  readonly queries: ReadonlySet<string>
}

const noNames: CredentialNames = { headers: new Set(), queries: new Set() }

/** All consumers of a snapshot, by what they prove themselves with. */
export class ConsumerIndex {
  /** By their text. */
  readonly #consumers = new Map<string, ConsumerRuntime>()
  readonly #keys = new Map<string, ConsumerKey>()
  readonly #names = new Map<string, { headers: Set<string>; queries: Set<string> }>()

  get size(): number {
    return this.#consumers.size
  }

  consumerFrom(line: string): ConsumerRuntime | undefined {
    return this.#consumers.get(line)
  }

  find(workspaceId: string, key: string): ConsumerKey | undefined {
    return this.#keys.get(apiKeyDigest(workspaceId, key))
  }

  named(workspaceId: string, id: string): ConsumerRuntime | null {
    for (const consumer of this.#consumers.values()) {
      if (consumer.id === id && consumer.workspaceId === workspaceId) return consumer
    }
    return null
  }

  namesOf(workspaceId: string): CredentialNames {
    return this.#names.get(workspaceId) ?? noNames
  }

  /** Only while it is built. Throws `SnapshotRefused` on a key that another consumer has. */
  add(consumer: ConsumerRuntime): void {
    this.#consumers.set(consumer.line, consumer)
    for (const key of consumer.keys) {
      if (this.#keys.has(key.digest)) {
        throw new SnapshotRefused(`A key of consumer ${consumer.name} is another credential's too.`)
      }
      this.#keys.set(key.digest, key)
      this.#addName(consumer.workspaceId, key)
    }
  }

  #addName(workspaceId: string, { location }: ConsumerKey): void {
    if (location.in === 'standard') return
    const names = this.#names.get(workspaceId) ?? { headers: new Set(), queries: new Set() }
    this.#names.set(workspaceId, names)
    names[location.in === 'header' ? 'headers' : 'queries'].add(location.name)
  }
}

/** The index of before where nothing changed; else what was prepared of each unchanged consumer is taken over. */
export function* indexConsumers(
  lines: readonly string[],
  previous: ConsumerIndex | null,
): Steps<ConsumerIndex> {
  const isSame = previous?.size === lines.length && lines.every((line) => previous.consumerFrom(line))
  if (previous && isSame) return previous
  const index = new ConsumerIndex()
  for (const line of lines) {
    index.add(previous?.consumerFrom(line) ?? new ConsumerRuntime(line, decodeConsumer(line)))
    yield
  }
  return index
}
