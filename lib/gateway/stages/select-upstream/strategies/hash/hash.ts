import { type Instance, isCandidate } from '@/lib/gateway/runtime/instance.ts'
import type { BalancedCall, Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'
import type { Balancing } from '@/lib/snapshot/instance-policies.ts'

type HashKey = Extract<Balancing, { strategy: 'hash' }>['on']

/**
 * Weighted rendezvous hashing: an instance that goes moves only its own keys, in proportion to the weights. A fresh
 * instance gets its keys at once, because keys that move twice are worse than a cold start.
 */
export function createHash(instances: readonly Instance[], on: HashKey): Strategy {
  const header = on === 'client-address' ? null : on.header.toLowerCase()
  const seeds = new Map(instances.map((instance) => [instance, fnv1a(instance.id, 0x811c9dc5)]))
  return {
    pick(request, tried, _now, avoidedUntilMax) {
      const key = (header === null ? null : headerValue(request, header)) ?? request.clientAddress
      let best: Instance | null = null
      let bestScore = -1
      for (const [instance, seed] of seeds) {
        if (!isCandidate(instance, tried, avoidedUntilMax)) continue
        const score = instance.weight / -Math.log(unit(fnv1a(key, seed)))
        if (score > bestScore) {
          best = instance
          bestScore = score
        }
      }
      return best
    },
  }
}

function headerValue(request: BalancedCall, lowerName: string): string | null {
  const { endToEnd } = request.headers
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    if (endToEnd[index]?.toLowerCase() === lowerName) return endToEnd[index + 1] ?? null
  }
  return null
}

/** FNV-1a over UTF-16 code units. */
function fnv1a(text: string, seed: number): number {
  let hash = seed
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/** FNV's high bits mix poorly on short keys; this finishes them and maps to the open interval (0, 1). */
function unit(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  mixed = (mixed ^ (mixed >>> 16)) >>> 0
  return (mixed + 0.5) / 2 ** 32
}
