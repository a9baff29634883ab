import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { admit } from '@/lib/gateway/stages/admit/admit.ts'
import { requestIdOf } from '@/lib/gateway/stages/admit/request-id.ts'
import { authorize } from '@/lib/gateway/stages/authorize/authorize.ts'
import { attempts } from '@/lib/gateway/stages/forward/attempts.ts'
import { forward } from '@/lib/gateway/stages/forward/forward.ts'
import { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { match } from '@/lib/gateway/stages/match/match.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { refuse } from '@/lib/gateway/stages/observe/refuse.ts'
import { selectUpstream } from '@/lib/gateway/stages/select-upstream/select-upstream.ts'

/** What every request of a process shares. */
export interface Engine {
  readonly runtimes: RuntimeHolder
  readonly observer: Observer
}

/** One request, start to finish. Read this file first: every stage is a folder under `stages/`. Never rejects. */
export async function handleRequest({ runtimes, observer }: Engine, exchange: Exchange): Promise<void> {
  const now = observer.clock.now()
  const observation = observer.begin(exchange, requestIdOf(exchange.rawHeaders, now))
  const runtime = runtimes.current
  runtime?.enter()
  try {
    if (runtime === null) throw refusal('not_configured', 'The gateway has no configuration yet.')
    await serve(runtime, exchange, observation, now)
  } catch (thrown) {
    refuse(observer, observation, thrown)
  } finally {
    runtime?.leave()
    observer.finish(observation)
  }
}

async function serve(runtime: Runtime, exchange: Exchange, observation: Observation, now: number) {
  const request = admit(runtime, exchange, observation.requestId)
  const route = match(runtime, exchange.side, request)
  observation.route = route
  observation.caller = authorize(route, now)

  const forwarding = new Forwarding(runtime, route, exchange, observation)
  await attempts(forwarding, selectUpstream, forward)
}
