import type { InferenceService, InstanceHealthState } from '@/lib/domain/inference-service.ts'

const outOfTraffic = new Set<InstanceHealthState>(['ejected', 'paused', 'probing'])

/** Without checks only traffic can tell that an instance fails, so all others count. */
export function readyInstances({
  instances,
  healthCheck,
}: Pick<InferenceService, 'instances' | 'healthCheck'>): number {
  const checked = healthCheck !== null
  return instances.filter(({ health: { state } }) => (checked ? state === 'ready' : !outOfTraffic.has(state)))
    .length
}
