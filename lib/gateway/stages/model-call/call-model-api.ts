import { noReadyInstance } from '@/lib/gateway/runtime/fleet.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { attempts } from '@/lib/gateway/stages/forward/attempts.ts'
import { limitGateway } from '@/lib/gateway/stages/limit/limit.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { type ModelRoute, matchOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import { parseBody } from '@/lib/gateway/stages/model-call/parse-body.ts'
import { prepareCall } from '@/lib/gateway/stages/model-call/prepare-call.ts'
import { sendCall } from '@/lib/gateway/stages/model-call/send-call.ts'
import { takeWholeBody } from '@/lib/gateway/stages/model-call/take-whole-body.ts'
import { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'

interface Node {
  readonly observer: Observer
  readonly overload: OverloadGuard
}

/** A request to a Model API, once it is known that it is one: the second half of `handleRequest` for these. */
export async function callModelApi(
  { observer: { clock }, overload }: Node,
  runtime: Runtime,
  published: PublishedApi,
  request: Admitted,
  observation: Observation,
): Promise<void> {
  const notes = new ModelCallNotes(published.api, published.service)
  observation.model = notes
  const route = matchOperation(published, request)
  const permits = limitGateway(runtime, observation, clock, observation.beganAt)
  if (permits !== null) await permits
  const held = new HeldBytes(overload)
  try {
    const taken = takeWholeBody(runtime, observation.exchange, request, held)
    const bytes = Buffer.isBuffer(taken) ? taken : await taken
    const prepared = prepareCall(route, bytes, parseBody(bytes, request))
    notes.asked = prepared.asked
    notes.isStream = prepared.isStream
    const call = new ModelCall(runtime, route, observation, notes, prepared, held, clock.now())
    await attempts(call, selectAddress, sendCall)
  } finally {
    held.release()
  }
}

/** As `selectUpstream`, for services whose instances come and go between snapshots. */
function selectAddress({ service, request }: ModelRoute, tried: readonly InstanceState[]): Instance | null {
  const { fleet } = service
  fleet.adopt(service.plan())
  const choice = fleet.waiting === 0 || tried.length > 0 ? fleet.pick(request, tried) : null
  if (choice === null && !fleet.canServe(tried)) throw noReadyInstance()
  return choice
}
