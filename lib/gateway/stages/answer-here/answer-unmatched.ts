import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { answerDiscovery, discoveredService } from '@/lib/gateway/stages/answer-here/discovery.ts'
import { nothingServed } from '@/lib/gateway/stages/match/match.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

/** A request that no service gets: on the VPC side it may ask for the instances of one. Throws what to tell all others. */
export async function answerUnmatched(
  { addresses }: RuntimeHolder,
  runtime: Runtime,
  request: Admitted,
  observation: Observation,
): Promise<void> {
  const name = observation.exchange.side === 'vpc' ? discoveredService(request.url) : null
  if (name === null) throw nothingServed(request)
  await answerDiscovery(addresses, runtime.servicesByName.get(name), request, observation)
}
