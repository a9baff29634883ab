import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'
import { firstComplaint, numberComplaint } from './complaint.ts'

type Bound = readonly [what: string, value: number, bounds?: { readonly min?: number; readonly max?: number }]

/** The first number of a service's queue, retries, health or start that no node could act on. */
export function resilienceComplaint(service: InferenceServiceSnapshot): string | null {
  const { name, passiveHealth } = service
  const out = firstComplaint(boundsOf(service), ([what, value, bounds]) =>
    numberComplaint(`${what} of service ${name}`, value, bounds),
  )
  if (out !== null || passiveHealth === null) return out
  if (passiveHealth.failures > passiveHealth.window) {
    return `Service ${name} ejects after more failures than it looks at answers.`
  }
  if (passiveHealth.ejectMs > passiveHealth.ejectMsMax) {
    return `The longest ejection of service ${name} is shorter than its first.`
  }
  return null
}

function boundsOf(service: InferenceServiceSnapshot): Bound[] {
  const { concurrency, retries, healthCheck, passiveHealth, slowStartMs, panicThreshold } = service
  const bounds: Bound[] = [
    ['The retries', retries.attempts, { min: 0 }],
    ['The slow start', slowStartMs, { min: 0 }],
    ['The panic threshold', panicThreshold, { min: 0, max: 100 }],
  ]
  if (concurrency !== null) {
    bounds.push(
      ['The requests at a time for an instance', concurrency.perInstance],
      ['The queue', concurrency.queueSize, { min: 0 }],
      ['The longest wait in the queue', concurrency.queueTimeoutMs],
    )
  }
  if (healthCheck !== null) {
    bounds.push(
      ['The health check interval', healthCheck.intervalMs],
      ['The health check timeout', healthCheck.timeoutMs],
    )
  }
  if (passiveHealth !== null) {
    bounds.push(
      ['The failures that eject', passiveHealth.failures],
      ['The answers looked at', passiveHealth.window],
      ['The time looked back', passiveHealth.windowMs],
      ['The first ejection', passiveHealth.ejectMs],
      ['The longest ejection', passiveHealth.ejectMsMax],
    )
  }
  return bounds
}
