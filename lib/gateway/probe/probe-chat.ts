import { GatewayError } from '@/lib/gateway/error.ts'
import { explainError } from '@/lib/gateway/probe/explain-error.ts'
import { failedBefore, type ProbeInput, type ProbeResult } from '@/lib/gateway/probe/probe-result.ts'
import type { ProbeStand } from '@/lib/gateway/probe/probe-stand.ts'
import { type ProbeAnswer, readAnswer } from '@/lib/gateway/probe/read-answer.ts'
import { untilDiscovered } from '@/lib/gateway/probe/until-discovered.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

const bytesMax = 1_048_576
/** How the sentence ends that stands for a message that is not there. */
const withoutReason = ' without saying why.'

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

/** One sentence a line; null: it works. */
function messageOf(
  response: Response,
  observation: Observation | null,
  answer: ProbeAnswer | null,
  isBroken: boolean,
): string | null {
  const failure = observation?.model?.failure ?? null
  const explained = observation === null || failure === null ? null : explanationOf(observation, failure)
  if (observation?.error != null) {
    // What the service says for itself tells more than what its callers are told.
    return lines(errorText(observation.error, failure), saidBy(failure), explained)
  }
  if (failure !== null) {
    return lines(`The provider answered ${failure.status}: ${oneLine(failure.message)}`, explained)
  }
  if (!response.ok) return `The service answered ${response.status}.`
  if (answer === null) return 'What came back is no answer of a chat.'
  if (answer.failure !== null) return `The answer holds an error: ${oneLine(answer.failure)}`
  return isBroken ? 'The answer broke off before its end, or is longer than a test reads.' : null
}

type Failure = NonNullable<NonNullable<Observation['model']>['failure']>

/** Who reads this runs the service: what a caller is told about whoever does is left out. */
function errorText(error: unknown, failure: Failure | null): string {
  const isRefusal = error instanceof GatewayError && error.code === 'upstream_credential_rejected'
  if (!isRefusal || failure === null || failure.status === 403) return explainError(error)
  return `The provider refused the API key of the service (${failure.status}).`
}

function saidBy(failure: Failure | null): string | null {
  if (failure === null || failure.message === '' || failure.message.endsWith(withoutReason)) return null
  return `It says: ${oneLine(failure.message)}`
}

function lines(...parts: ReadonlyArray<string | null>): string {
  return parts.filter((part) => part !== null).join('\n')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function explanationOf({ model }: Observation, failure: Failure): string | null {
  return model?.service?.provider?.prepared.explain(failure) ?? null
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
