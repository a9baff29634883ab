import { explainError } from '@/lib/gateway/probe/explain-error.ts'
import { failedBefore, type ProbeResult } from '@/lib/gateway/probe/probe-result.ts'
import type { ProbeStand } from '@/lib/gateway/probe/probe-stand.ts'
import { untilDiscovered } from '@/lib/gateway/probe/until-discovered.ts'
import { AnswerTooLarge, collectAnswer } from '@/lib/gateway/upstream/collect-answer.ts'

const bytesMax = 262_144
const textMax = 2_000

/** Asks the first address of a service for a path. */
export async function probeAddress(
  stand: ProbeStand,
  path: string,
  requestId: string,
  signal: AbortSignal,
): Promise<ProbeResult> {
  const missing = await untilDiscovered(stand, signal)
  const instance = stand.service?.plan().instances[0]
  if (missing !== null || instance === undefined) {
    return failedBefore(missing ?? 'No addresses were found for this service.', null, requestId)
  }
  const startedAt = performance.now()
  const headers = [
    'accept',
    '*/*',
    'accept-encoding',
    'identity',
    'user-agent',
    'switchyard',
    'x-request-id',
    requestId,
  ]
  const asked = instance.basePath + path
  const url = `${instance.pool.origin}${asked.split('?', 1)[0]}`
  try {
    const { status, body } = await collectAnswer(
      instance.pool.http1,
      { method: 'GET', path: asked, headers, body: null },
      { bytesMax, signal },
    )
    const ok = status < 400
    return {
      ...failedBefore('', null, requestId),
      ok,
      status,
      durationMs: performance.now() - startedAt,
      errorSource: ok ? null : 'upstream',
      message: ok ? null : `The address answered ${status}.`,
      text: body.toString().slice(0, textMax),
      url,
    }
  } catch (error) {
    signal.throwIfAborted()
    const message =
      error instanceof AnswerTooLarge
        ? 'The answer is larger than a test reads; ask for something smaller.'
        : explainError(error)
    return { ...failedBefore(message, null, requestId), durationMs: performance.now() - startedAt, url }
  }
}
