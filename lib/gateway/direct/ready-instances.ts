import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'

/** Those that take requests at the moment; none of a service that is stopped. */
export function readyInstances(service: ServiceRuntime): Instance[] {
  if (!service.running) return []
  service.fleet.adopt(service)
  return service.instances.filter(({ state }) => state.isFit)
}
