import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import { createHash } from '@/lib/gateway/stages/select-upstream/strategies/hash/hash.ts'
import { createLeastRequests } from '@/lib/gateway/stages/select-upstream/strategies/least-requests/least-requests.ts'
import { createRoundRobin } from '@/lib/gateway/stages/select-upstream/strategies/round-robin/round-robin.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'
import { assertNever } from '@/lib/platform/assert.ts'
import type { Balancing } from '@/lib/snapshot/instance-policies.ts'

/** One line per strategy. */
export function createStrategy(balancing: Balancing, instances: readonly Instance[]): Strategy {
  switch (balancing.strategy) {
    case 'round-robin':
      return createRoundRobin(instances)
    case 'least-requests':
      return createLeastRequests(instances)
    case 'hash':
      return createHash(instances, balancing.on)
    default:
      return assertNever(balancing)
  }
}
