import { GatewayError, type GatewayErrorCode, refusal } from '@/lib/gateway/error.ts'
import { noReadyInstance } from '@/lib/gateway/runtime/fleet.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { RouteChoice, RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import { attempts } from '@/lib/gateway/stages/forward/attempts.ts'
import type { Calling } from '@/lib/gateway/stages/model-call/calling.ts'
import { meterCall } from '@/lib/gateway/stages/model-call/meter-call.ts'
import { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { ModelRoute } from '@/lib/gateway/stages/model-call/model-route.ts'
import { parseBody } from '@/lib/gateway/stages/model-call/parse-body.ts'
import { type PreparedCall, prepareCall } from '@/lib/gateway/stages/model-call/prepare-call.ts'
import { sendCall } from '@/lib/gateway/stages/model-call/send-call.ts'
import { TargetDeclined } from '@/lib/gateway/stages/model-call/target-declined.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** What a service has answered that another one may answer better. */
const upstreamAnswers = new Set<GatewayErrorCode>(['upstream_bad_answer', 'upstream_credential_rejected'])
/** What the gateway says of a service that did not answer, or that cannot be asked for this. */
const noAnswers = new Set<GatewayErrorCode>([
  'upstream_unreachable',
  'upstream_timed_out',
  'first_packet_timed_out',
  'no_ready_instance',
  'queue_full',
  'queue_timed_out',
  'egress_denied',
  'operation_not_supported',
])

/**
 * Asks the chosen service, then the API's fallbacks, each with what the caller sent, until one answers well; what the
 * last one says is told. Nothing follows once the caller has got a byte.
 */
export function callTargets(calling: Calling, choice: RouteChoice, body: JsonObject): Promise<void> {
  const { operation, bytes } = calling
  return askTargets(calling, choice, operation.published.fallbacks, (route, isFirst) =>
    // Preparing changes the body, and each target gets the caller's own.
    prepareCall(route, bytes, isFirst ? body : parseBody(bytes, operation.request)),
  )
}

/** The same, with what `prepare` makes for each target of what the caller sent. */
export async function askTargets(
  calling: Calling,
  choice: RouteChoice,
  fallbacks: readonly RoutedTarget[],
  prepare: (route: ModelRoute, isFirst: boolean) => PreparedCall,
): Promise<void> {
  const { operation, notes, runtime } = calling
  const endsAt = performance.now() + runtime.limits.requestMs
  let target: RoutedTarget = choice
  for (let next = 0; ; next += 1) {
    const beganAt = performance.now()
    const follower = fallbacks[next]
    notes.target = target
    notes.attemptBeganAt = beganAt
    try {
      const { service, model } = target
      const route: ModelRoute = { ...operation, service, model, hasNext: follower !== undefined }
      const call = () => callTarget(calling, route, prepare(route, next === 0), endsAt - beganAt)
      await (next === 0 ? meterCall(calling, choice, call) : call())
      return
    } catch (error) {
      calling.observation.trace?.targetFailed(target, error)
      const status = error instanceof TargetDeclined ? error.status : null
      if (follower === undefined || !mayFollow(calling, error)) throw error
      if (performance.now() >= endsAt) throw tooLate()
      const reason = error instanceof GatewayError ? error.code : `answered ${status}`
      const durationMs = Math.round(performance.now() - beganAt)
      notes.passedOver.push({ service: target.service.name, model: target.model, status, reason, durationMs })
      notes.failure = null
      target = follower
    }
  }
}

function callTarget(
  calling: Calling,
  route: ModelRoute,
  prepared: PreparedCall,
  leftMs: number,
): Promise<void> {
  const { runtime, observation, notes, held, clock, judgeReply } = calling
  notes.asked = prepared.asked
  notes.isStream = prepared.isStream
  const call = new ModelCall(
    runtime,
    route,
    observation,
    notes,
    prepared,
    held,
    clock.now(),
    leftMs,
    judgeReply,
  )
  return attempts(call, selectAddress, sendCall)
}

function tooLate(): GatewayError {
  return refusal('upstream_timed_out', 'The time for this request was over before a service answered well.')
}

function mayFollow({ observation: { exchange }, operation }: Calling, error: unknown): boolean {
  if (exchange.started || exchange.gone) return false
  if (error instanceof TargetDeclined) return true
  if (!(error instanceof GatewayError)) return false
  if (upstreamAnswers.has(error.code)) return true
  return operation.published.api.fallback?.upstreamErrorsOnly === false && noAnswers.has(error.code)
}

/** As `selectUpstream`, for services whose instances come and go between snapshots. */
function selectAddress({ service, request }: ModelRoute, tried: readonly InstanceState[]): Instance | null {
  const { fleet } = service
  fleet.adopt(service.plan())
  const choice = fleet.waiting === 0 || tried.length > 0 ? fleet.pick(request, tried) : null
  if (choice === null && !fleet.canServe(tried)) throw noReadyInstance()
  return choice
}
