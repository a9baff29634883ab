import { GatewayError } from '@/lib/gateway/error.ts'
import type { ModelApiRuntime, PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { answerModelList, askedModelList } from '@/lib/gateway/stages/answer-here/model-list.ts'
import { authorizeCall } from '@/lib/gateway/stages/authorize/authorize-call.ts'
import { classifyByModel } from '@/lib/gateway/stages/classify/classify-by-model.ts'
import { limitGateway } from '@/lib/gateway/stages/limit/limit.ts'
import { limitCall } from '@/lib/gateway/stages/limit/limit-call.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { matchOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import { callTargets } from '@/lib/gateway/stages/model-call/call-targets.ts'
import { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import { modelOf, parseBody } from '@/lib/gateway/stages/model-call/parse-body.ts'
import { takeWholeBody } from '@/lib/gateway/stages/model-call/take-whole-body.ts'
import { judgeRequest } from '@/lib/gateway/stages/moderation/judge-request.ts'
import { judgesOf } from '@/lib/gateway/stages/moderation/judges-of.ts'
import { moderateRequest } from '@/lib/gateway/stages/moderation/moderate-request.ts'
import { lookAtPrompt } from '@/lib/gateway/stages/observe/look-at-prompt.ts'
import { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { relayOperation } from '@/lib/gateway/stages/relay-operation/relay-operation.ts'
import { answerSelfTest } from '@/lib/gateway/stages/self-test/answer-self-test.ts'
import { openSelfTest } from '@/lib/gateway/stages/self-test/open-self-test.ts'
import { isPassedBy } from '@/lib/gateway/stages/self-test/self-test.ts'

interface Node {
  readonly observer: Observer
  readonly overload: OverloadGuard
}

/** A request to a Model API, once it is known that it is one: the second half of `handleRequest` for these. */
export async function callModelApi(
  node: Node,
  runtime: Runtime,
  published: PublishedApi,
  admitted: Admitted,
  observation: Observation,
): Promise<void> {
  const { observer, overload } = node
  const { clock } = observer
  const notes = new ModelCallNotes(published.api)
  observation.model = notes
  notes.clientAddress = admitted.clientAddress
  const { selfTest } = admitted.headers
  if (selfTest !== null)
    notes.selfTest = openSelfTest(runtime.selfTestKey, published.api.id, selfTest, observation.beganAt)
  const authorized = authorizeCall(published, admitted, notes, observation)
  const request = authorized instanceof Promise ? await authorized : authorized
  if (!published.api.enabled) throw disabled(published.api)
  const models = askedModelList(published, request)
  if (models !== null) {
    await limitGateway(runtime, observation, clock, observation.beganAt)
    answerModelList(observation, models)
    return
  }
  const operation = matchOperation(published, request)
  notes.route = operation.operation.path
  const permits = limitGateway(runtime, observation, clock, observation.beganAt)
  if (permits !== null) await permits
  if (operation.operation.format === null) {
    await relayOperation(node, runtime, operation, observation, notes)
    return
  }
  const held = new HeldBytes(overload)
  try {
    const taken = takeWholeBody(runtime, observation.exchange, request, held)
    const arrived = Buffer.isBuffer(taken) ? taken : await taken
    notes.content?.request?.add(arrived)
    const body = parseBody(arrived, request)
    const model = modelOf(body)
    notes.asked = model
    const { limits } = published
    const counted = limits && limitCall(limits, request, arrived, notes, observation, clock)
    if (counted !== null) await counted
    const { moderation } = published.api
    const calling = { runtime, operation, observation, notes, held, clock }
    const newJudge = published.judge && judgesOf(published.judge, calling)
    let bytes = arrived
    const { format } = operation.operation
    if (moderation?.request === true && format !== null && !isPassedBy(notes.selfTest, 'moderation')) {
      const passed = moderateRequest(moderation, body, format, arrived.length)
      bytes = Buffer.isBuffer(passed) ? passed : await passed
      if (newJudge !== null) await judgeRequest(newJudge(), moderation, body, format, observation.exchange)
    }
    if (notes.selfTest !== null) {
      answerSelfTest(observation)
      return
    }
    if (notes.isRecorded) lookAtPrompt(notes, observer.records, body, format, observation.beganAt)
    const { classifier } = published
    const told = classifier && (await classifyByModel(classifier, { body, format }, calling))
    const choice = published.router.choose({ model, body, format, told }, performance.now())
    notes.reason = choice.reason
    observation.trace?.routed(choice.reason)
    const judgeReply = moderation?.reply === true ? newJudge : null
    await callTargets({ ...calling, bytes, judgeReply }, choice, body)
  } finally {
    notes.limits?.ended(observation)
    held.release()
  }
}

function disabled({ name }: ModelApiRuntime): GatewayError {
  return new GatewayError(
    'model_api_disabled',
    `The Model API ${name}, which has this address, is switched off. Whoever runs it can switch it on again.`,
  )
}
