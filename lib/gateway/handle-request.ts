import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { admit, checkBodyLength } from '@/lib/gateway/stages/admit/admit.ts'
import { checkAccess } from '@/lib/gateway/stages/admit/check-access.ts'
import { requestIdOf } from '@/lib/gateway/stages/admit/request-id.ts'
import { answerChallenge, isAcmeChallenge } from '@/lib/gateway/stages/answer-here/acme-challenge.ts'
import { answerUnmatched } from '@/lib/gateway/stages/answer-here/answer-unmatched.ts'
import { httpsLocation, redirect } from '@/lib/gateway/stages/answer-here/force-https.ts'
import { authorize } from '@/lib/gateway/stages/authorize/authorize.ts'
import { attempts } from '@/lib/gateway/stages/forward/attempts.ts'
import { forward } from '@/lib/gateway/stages/forward/forward.ts'
import { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { limit } from '@/lib/gateway/stages/limit/limit.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { match } from '@/lib/gateway/stages/match/match.ts'
import { matchModelApi } from '@/lib/gateway/stages/match/match-model-api.ts'
import { matchTraced } from '@/lib/gateway/stages/match/match-traced.ts'
import { callModelApi } from '@/lib/gateway/stages/model-call/call-model-api.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { refuse } from '@/lib/gateway/stages/observe/refuse.ts'
import { selectUpstream } from '@/lib/gateway/stages/select-upstream/select-upstream.ts'
import type { RequestTrace } from '@/lib/gateway/trace/request-trace.ts'
import { beginTrace, endTrace } from '@/lib/gateway/trace/trace-request.ts'

/** What every request of a process shares. */
export interface Engine {
  readonly runtimes: RuntimeHolder
  readonly observer: Observer
  readonly overload: OverloadGuard
}

/**
 * One request, start to finish. Read this file first: every stage is a folder under `stages/`. Never rejects. `trace`: of
 * the console's own calls alone.
 */
export async function handleRequest(
  engine: Engine,
  exchange: Exchange,
  trace: RequestTrace | null = null,
): Promise<void> {
  const { runtimes, observer, overload } = engine
  const now = observer.clock.now()
  const observation = observer.begin(exchange, requestIdOf(exchange.rawHeaders, now), now)
  if (trace !== null) beginTrace(trace, observation)
  const runtime = runtimes.current
  runtime?.enter()
  try {
    if (runtime === null) throw refusal('not_configured', 'The gateway has no configuration yet.')
    if (isAcmeChallenge(exchange)) {
      answerChallenge(runtime, observation)
      return
    }
    // Who may call from where is about networks, which the console is no part of.
    const client = trace === null ? checkAccess(runtime, exchange) : exchange.peer.client
    overload.check(observer.openRequests, runtime.limits)
    const request = admit(runtime, exchange, client, observation.requestId)
    const location = httpsLocation(runtime, exchange, request)
    if (location !== null) {
      redirect(observation, location)
      return
    }
    if (trace !== null) {
      const meant = matchTraced(runtime, exchange.side, request, trace)
      await callModelApi(engine, runtime, meant, request, observation)
      return
    }
    const route = match(runtime, exchange.side, request)
    if (route === null) {
      const published = matchModelApi(runtime, exchange.side, request)
      if (published === null) await answerUnmatched(runtimes, runtime, request, observation)
      else await callModelApi(engine, runtime, published, request, observation)
      return
    }
    observation.route = route
    checkBodyLength(runtime, request)
    const caller = authorize(route, now)
    observation.caller = caller
    const permits = limit(runtime, route, caller, observation, observer.clock, now)
    if (permits !== null) await permits
    await attempts(new Forwarding(runtime, route, exchange, observation), selectUpstream, forward)
  } catch (thrown) {
    refuse(observer, observation, thrown)
  } finally {
    exchange.peer.finished(exchange)
    runtime?.leave()
    observer.finish(observation)
    if (trace !== null) endTrace(trace, observation)
  }
}
