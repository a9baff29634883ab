import { explainError } from '@/lib/gateway/probe/explain-error.ts'
import { failedBefore, type ProbeInput, type ProbeResult } from '@/lib/gateway/probe/probe-result.ts'
import type { ProbeStand } from '@/lib/gateway/probe/probe-stand.ts'
import { type ProbeAnswer, readAnswer } from '@/lib/gateway/probe/read-answer.ts'
import { untilDiscovered } from '@/lib/gateway/probe/until-discovered.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

const bytesMax = 1_048_576

/** Sends the prompt through the engine, as a caller of a Model API that routes to this service alone. */
export async function probeChat(
  stand: ProbeStand,
  { model, prompt, stream }: ProbeInput,
  requestId: string,
  signal: AbortSignal,
): Promise<ProbeResult> {
  if (stand.service?.provider === null) {
    const missing = await untilDiscovered(stand, signal)
    if (missing !== null) return failedBefore(missing, model, requestId)
  }
  const startedAt = performance.now()
  const named = model === null ? {} : { model }
  const isEmbedding = stand.service?.provider?.plans.has('openai-chat') === false
  const response = isEmbedding
    ? await stand.call('/v1/embeddings', { ...named, input: prompt }, requestId, signal)
    : await stand.call(
        '/v1/chat/completions',
        { ...named, messages: [{ role: 'user', content: prompt }], stream },
        requestId,
        signal,
      )
  const { bytes, isBroken } = await readBounded(response, signal)
  const observation = await stand.observed()
  const notes = observation?.model ?? null
  const durationMs = performance.now() - startedAt
  const answer = response.ok ? read(bytes, response) : null
  const message = messageOf(response, observation, answer, isBroken)
  return {
    ok: message === null,
    // What a caller is told of a refused key hides what the provider answered.
    status: notes?.failure?.status ?? response.status,
    durationMs,
    firstTokenMs: notes?.firstTokenMs ?? null,
    requestId,
    errorSource: message === null ? null : sourceOf(response),
    message,
    modelAsked: model,
    modelAnswered: response.ok ? (notes?.answeredBy ?? null) : null,
    text: answer?.text ?? '',
    usage: answer?.usage ? { input: answer.usage.input, output: answer.usage.output } : null,
    url: notes?.url ?? null,
  }
}

/** Null: it works. */
function messageOf(
  response: Response,
  observation: Observation | null,
  answer: ProbeAnswer | null,
  isBroken: boolean,
): string | null {
  const failure = observation?.model?.failure ?? null
  if (observation?.error != null) {
    // What the service says for itself tells more than what its callers are told.
    const said = failure === null || failure.message === '' ? '' : ` It says: ${failure.message}`
    const explained = failure === null ? null : explanationOf(observation, failure)
    return `${explainError(observation.error)}${said}${explained === null ? '' : ` ${explained}`}`
  }
  if (failure !== null) {
    const explained = observation === null ? null : explanationOf(observation, failure)
    return `The provider answered ${failure.status}: ${failure.message}${explained === null ? '' : ` ${explained}`}`
  }
  if (!response.ok) return `The service answered ${response.status}.`
  if (answer === null) return 'What came back is no answer of a chat.'
  if (answer.failure !== null) return `The answer holds an error: ${answer.failure}`
  return isBroken ? 'The answer broke off before its end, or is longer than a test reads.' : null
}

function explanationOf(
  { model }: Observation,
  failure: NonNullable<NonNullable<Observation['model']>['failure']>,
): string | null {
  return model?.service.provider?.prepared.explain(failure) ?? null
}

function sourceOf(response: Response): ProbeResult['errorSource'] {
  const source = response.headers.get('x-switchyard-error-source')
  return source === 'client' || source === 'gateway' ? source : 'upstream'
}

function read(bytes: Buffer, response: Response): ProbeAnswer | null {
  try {
    return readAnswer(bytes, (response.headers.get('content-type') ?? '').startsWith('text/event-stream'))
  } catch {
    return null
  }
}

/** As much as is of use; the rest is cancelled. */
async function readBounded(
  response: Response,
  signal: AbortSignal,
): Promise<{ bytes: Buffer; isBroken: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(Buffer.from(chunk))
      size += chunk.length
      if (size > bytesMax) return { bytes: Buffer.concat(chunks), isBroken: true }
    }
  } catch {
    signal.throwIfAborted()
    return { bytes: Buffer.concat(chunks), isBroken: true }
  }
  return { bytes: Buffer.concat(chunks), isBroken: false }
}
