import * as z from 'zod'
import type { LastGood } from '@/lib/gateway/runtime/discovery-follower.ts'
import { SnapshotStore } from '@/lib/gateway/snapshot-source/snapshot-store.ts'
import type { Logger } from '@/lib/platform/logger.ts'

const storedService = z.object({
  serviceId: z.string(),
  syncedAt: z.number(),
  endpoints: z.array(
    z.object({
      host: z.string(),
      port: z.number(),
      name: z.string().nullable(),
      weight: z.number(),
    }),
  ),
})

/** As much of the registry as has to do with what is kept. */
export interface KeptDiscovery {
  restore(stored: ReadonlyMap<string, LastGood>): void
  lastGood(): ReadonlyMap<string, LastGood>
  onEndpoints: () => void
}

/** Changes that come close together are one. */
const restMsDefault = 250

/**
 * The endpoints found last on disk, beside the snapshot and sealed like it, so that a node restarts without their
 * sources.
 */
export class EndpointStore {
  readonly #store: SnapshotStore
  readonly #logger: Logger
  readonly #restMs: number
  #timer: NodeJS.Timeout | null = null
  #discovery: KeptDiscovery | null = null

  constructor(path: string, nodeToken: string, logger: Logger, restMs: number = restMsDefault) {
    this.#store = new SnapshotStore(path, nodeToken, 0)
    this.#logger = logger
    this.#restMs = restMs
  }

  /** Gives a discovery what was stored, and stores what it finds from now on. */
  async keep(discovery: KeptDiscovery): Promise<void> {
    discovery.restore(await this.#load())
    this.#discovery = discovery
    discovery.onEndpoints = () => {
      this.#timer ??= setTimeout(() => this.#save(), this.#restMs).unref()
    }
  }

  /** What goes from now on, goes because the node stops. Resolves when everything is written. */
  async stop(): Promise<void> {
    if (this.#timer !== null) this.#save()
    if (this.#discovery !== null) this.#discovery.onEndpoints = () => {}
    this.#discovery = null
    await this.#store.settled()
  }

  #save(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#discovery === null) return
    const lines = [...this.#discovery.lastGood()].map(([serviceId, { syncedAt, endpoints }]) =>
      asciiJson({ serviceId, syncedAt, endpoints }),
    )
    this.#store.save(lines).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      this.#logger.warn({ reason }, 'the endpoints found were not saved; a restart will need their sources')
    })
  }

  /** By service. Empty where nothing was stored that this token opens. */
  async #load(): Promise<Map<string, LastGood>> {
    const found = new Map<string, LastGood>()
    for (const line of (await this.#store.load()) ?? []) {
      const read = storedService.safeParse(parsed(line))
      if (read.success) found.set(read.data.serviceId, read.data)
    }
    return found
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Sealing takes one byte for each character. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
