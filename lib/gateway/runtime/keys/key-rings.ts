import { createHash } from 'node:crypto'
import { KeyState } from '@/lib/gateway/runtime/keys/provider-key.ts'
import type { UpstreamNews } from '@/lib/gateway/runtime/upstream-news.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { ProviderKeySnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

interface Held {
  readonly state: KeyState
  holders: number
}

interface HeldService {
  /** By id and a digest of the text. */
  readonly keys: Map<string, Held>
  holders: number
}

/** The states of keys, which outlive snapshots: a key that is the same in the next one stays as it is. */
export class KeyRings {
  readonly clock: Clock
  readonly news: UpstreamNews
  readonly #services = new Map<string, HeldService>()

  constructor(clock: Clock, news: UpstreamNews) {
    this.clock = clock
    this.news = news
  }

  acquire(
    serviceId: string,
    keys: readonly ProviderKeySnapshot[],
  ): { states: readonly KeyState[]; release: () => void } {
    const service = this.#services.get(serviceId) ?? { keys: new Map<string, Held>(), holders: 0 }
    this.#services.set(serviceId, service)
    service.holders += 1
    const names = keys.map(nameOf)
    const states = keys.map(({ id }, index) => this.#hold(service, names[index] as string, id))
    // Another set of keys is news, even where nothing was learned about them yet.
    this.news.note(serviceId)
    return { states, release: () => this.#release(serviceId, service, names) }
  }

  #hold({ keys }: HeldService, name: string, id: string): KeyState {
    const held = keys.get(name) ?? { state: new KeyState(id, this.clock.now()), holders: 0 }
    keys.set(name, held)
    held.holders += 1
    return held.state
  }

  #release(serviceId: string, service: HeldService, names: readonly string[]): void {
    for (const name of names) {
      const held = service.keys.get(name)
      if (held === undefined) continue
      held.holders -= 1
      if (held.holders > 0) continue
      clearTimeout(held.state.timer)
      held.state.isReleased = true
      service.keys.delete(name)
    }
    service.holders -= 1
    if (service.holders > 0) return
    this.#services.delete(serviceId)
    this.news.remove(serviceId)
  }
}

/** A key whose text was replaced has all its chances again. */
function nameOf({ id, value }: ProviderKeySnapshot): string {
  return `${id} ${createHash('sha256').update(value).digest('base64url')}`
}
