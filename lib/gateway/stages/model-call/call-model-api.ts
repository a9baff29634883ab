import { GatewayError } from '@/lib/gateway/error.ts'
import type { ModelApiRuntime, PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { answerModelList, askedModelList } from '@/lib/gateway/stages/answer-here/model-list.ts'
import { authorizeCall } from '@/lib/gateway/stages/authorize/authorize-call.ts'
import { limitGateway } from '@/lib/gateway/stages/limit/limit.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { matchOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import { askModel } from '@/lib/gateway/stages/model-call/ask-model.ts'
import { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { relayOperation } from '@/lib/gateway/stages/relay-operation/relay-operation.ts'
import { admitSelfTest } from '@/lib/gateway/stages/self-test/admit-self-test.ts'

interface Node {
  readonly observer: Observer
  readonly overload: OverloadGuard
}

/**
 * A request to a Model API, once it is known that it is one: the second half of `handleRequest` for these, up to where
 * operations that are read (`askModel`) and those that are relayed (`relayOperation`) go their own ways.
 */
export async function callModelApi(
  { observer: { clock, records }, overload }: Node,
  runtime: Runtime,
  published: PublishedApi,
  admitted: Admitted,
  observation: Observation,
): Promise<void> {
  const notes = new ModelCallNotes(published.api)
  observation.model = notes
  notes.clientAddress = admitted.clientAddress
  admitSelfTest(runtime, published, admitted, notes, observation.beganAt)
  const authorized = authorizeCall(published, admitted, notes, observation)
  const request = authorized instanceof Promise ? await authorized : authorized
  checkEnabled(published.api)
  const models = askedModelList(published, request)
  const operation = models === null ? matchOperation(published, request) : null
  notes.route = operation?.operation.path ?? null
  const permits = limitGateway(runtime, observation, clock, observation.beganAt)
  if (permits !== null) await permits
  if (operation === null) {
    if (models !== null) answerModelList(observation, models)
    return
  }
  const held = new HeldBytes(overload)
  const call = { runtime, operation, observation, notes, held, clock }
  const { format } = operation.operation
  try {
    await (format === null ? relayOperation(call) : askModel(call, format, records))
  } finally {
    notes.limits?.ended(observation)
    held.release()
  }
}

/** Throws `model_api_disabled`. */
function checkEnabled({ enabled, name }: ModelApiRuntime): void {
  if (enabled) return
  throw new GatewayError(
    'model_api_disabled',
    `The Model API ${name}, which has this address, is switched off. Whoever runs it can switch it on again.`,
  )
}
