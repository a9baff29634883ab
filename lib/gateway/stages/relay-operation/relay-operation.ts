import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { classifyByModel } from '@/lib/gateway/stages/classify/classify-by-model.ts'
import { limitCall } from '@/lib/gateway/stages/limit/limit-call.ts'
import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import { askTargets } from '@/lib/gateway/stages/model-call/call-targets.ts'
import { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import type { ModelRoute } from '@/lib/gateway/stages/model-call/model-route.ts'
import { invalidRequest } from '@/lib/gateway/stages/model-call/parse-body.ts'
import { takeWholeBody } from '@/lib/gateway/stages/model-call/take-whole-body.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import { promptSize } from '@/lib/gateway/stages/observe/prompt-size.ts'
import { chooseTarget } from '@/lib/gateway/stages/relay-operation/choose-target.ts'
import { idsMade } from '@/lib/gateway/stages/relay-operation/job-ids.ts'
import { readContent } from '@/lib/gateway/stages/relay-operation/operation-content.ts'
import { prepareRelay } from '@/lib/gateway/stages/relay-operation/prepare-relay.ts'
import { answerSelfTest } from '@/lib/gateway/stages/self-test/answer-self-test.ts'
import type { Clock } from '@/lib/platform/clock.ts'

interface Node {
  readonly observer: { readonly clock: Clock }
  readonly overload: OverloadGuard
}

const empty = Buffer.alloc(0)

/**
 * A request to an operation that is not converted: forms, bytes, WebSockets, jobs. Its body is held whole, so that it can
 * be routed by its model and asked of another service; answers pass as they come. What is asked about something that a
 * service has made goes to that service.
 */
export async function relayOperation(
  { observer: { clock }, overload }: Node,
  runtime: Runtime,
  matched: MatchedOperation,
  observation: Observation,
  notes: ModelCallNotes,
): Promise<void> {
  const { published, operation, request } = matched
  const { exchange } = observation
  if (operation.isWebSocket && !exchange.isUpgrade) {
    throw invalidRequest(`${operation.path} is a WebSocket. Connect to it with a WebSocket client.`, null)
  }
  const held = new HeldBytes(overload)
  try {
    const taken = operation.isWebSocket ? empty : takeWholeBody(runtime, exchange, request, held)
    const bytes = Buffer.isBuffer(taken) ? taken : await taken
    notes.content?.request?.add(bytes)
    const content = readContent(matched, bytes)
    notes.asked = content.model
    const { limits } = published
    const counted = limits && limitCall(limits, request, bytes, notes, observation, clock)
    if (counted !== null) await counted
    if (notes.selfTest !== null) {
      answerSelfTest(observation)
      return
    }
    if (notes.isRecorded && content.json !== null) notes.promptCharacters = promptSize(content.json, null)
    const caller = notes.consumer?.id ?? request.clientAddress
    const { classifier } = published
    const told =
      classifier && content.json !== null
        ? await classifyByModel(
            classifier,
            { body: content.json, format: null },
            { runtime, observation, held, clock },
          )
        : null
    const { choice, isBound, lasting } = chooseTarget(matched, content, caller, told)
    notes.reason = choice.reason
    observation.trace?.routed(choice.reason)
    const remember = (serviceId: string) => {
      for (const name of lasting) published.jobs.remember(name, serviceId)
    }
    // A WebSocket lasts, and what belongs to it comes meanwhile.
    remember(choice.service.id)
    const calling = { runtime, operation: matched, observation, notes, held, clock, bytes, judgeReply: null }
    const fallbacks = isBound ? [] : published.fallbacks
    await askTargets(calling, choice, fallbacks, (route) => prepareRelay(route, content, learn))
    if (notes.target !== null) remember(notes.target.service.id)
  } finally {
    held.release()
  }
}

function learn({ published, service }: ModelRoute, answer: Buffer): void {
  for (const id of idsMade(answer)) published.jobs.remember(`id ${id}`, service.id)
}
