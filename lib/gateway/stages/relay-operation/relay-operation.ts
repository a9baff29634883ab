import { tellIntent } from '@/lib/gateway/stages/classify/tell-intent.ts'
import { limitCall } from '@/lib/gateway/stages/limit/limit-call.ts'
import { askTargets } from '@/lib/gateway/stages/model-call/call-targets.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import type { ModelRoute } from '@/lib/gateway/stages/model-call/model-route.ts'
import { noteChoice } from '@/lib/gateway/stages/model-call/note-choice.ts'
import { invalidRequest } from '@/lib/gateway/stages/model-call/parse-body.ts'
import { takeWholeBody } from '@/lib/gateway/stages/model-call/take-whole-body.ts'
import { promptSize } from '@/lib/gateway/stages/observe/prompt-size.ts'
import { chooseTarget, type TargetChoice } from '@/lib/gateway/stages/relay-operation/choose-target.ts'
import { idsMade } from '@/lib/gateway/stages/relay-operation/job-ids.ts'
import { type OperationContent, readContent } from '@/lib/gateway/stages/relay-operation/operation-content.ts'
import { prepareRelay } from '@/lib/gateway/stages/relay-operation/prepare-relay.ts'
import { answerSelfTest } from '@/lib/gateway/stages/self-test/answer-self-test.ts'

const empty = Buffer.alloc(0)

/**
 * A request to an operation that is not converted: forms, bytes, WebSockets, jobs. Its body is held whole, so that it can
 * be routed by its model and asked of another service; answers pass as they come. What is asked about something that a
 * service has made goes to that service.
 */
export async function relayOperation(call: ApiCall): Promise<void> {
  const { operation: matched, observation, notes } = call
  checkUpgrade(call)
  const taken = matched.operation.isWebSocket ? empty : takeWholeBody(call)
  const bytes = Buffer.isBuffer(taken) ? taken : await taken
  const content = readContent(matched, bytes)
  const { json } = content
  notes.asked = content.model
  const counted = limitCall(call, bytes)
  if (counted !== null) await counted
  if (notes.selfTest !== null) {
    answerSelfTest(observation)
    return
  }
  if (notes.isRecorded && json !== null) notes.promptCharacters = promptSize(json, null)
  const telling = tellIntent(call, json, null)
  const told = telling && (await telling)
  const caller = notes.consumer?.id ?? matched.request.clientAddress
  const chosen = await chooseTarget(matched, content, caller, told)
  noteChoice(call, chosen.choice)
  await askChosen(call, content, chosen)
}

/** Throws `invalid_request`. */
function checkUpgrade({ operation: { operation }, observation: { exchange } }: ApiCall): void {
  if (!operation.isWebSocket || exchange.isUpgrade) return
  throw invalidRequest(`${operation.path} is a WebSocket. Connect to it with a WebSocket client.`, null)
}

/** Asks the chosen service and what may follow it; what belongs to this call is led to the one that answered. */
async function askChosen(
  call: ApiCall,
  content: OperationContent,
  { choice, isBound, lasting }: TargetChoice,
): Promise<void> {
  const { published } = call.operation
  const { api, jobs } = published
  const learn = ({ service }: ModelRoute, answer: Buffer) => {
    const names = [...idsMade(answer).map((id) => `id ${id}`), ...lasting]
    return names.length === 0 ? undefined : jobs.remember(api.id, names, service.id)
  }
  const calling = { ...call, bytes: content.bytes, judgeReply: null }
  const fallbacks = isBound ? [] : published.fallbacks
  await askTargets(calling, choice, fallbacks, (route, isFirst) => {
    // Before it answers: a WebSocket lasts, and what belongs to it comes meanwhile.
    if (!isFirst && lasting.length > 0) void jobs.remember(api.id, lasting, route.service.id)
    return prepareRelay(route, content, learn)
  })
}
