import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { ToldAnswer } from '@/lib/gateway/stages/model-call/tell-failure.ts'

/** Gives the caller what its service says is wrong, in one piece. */
export function answerFailure(
  { exchange, observation, notes }: ModelCall,
  { status, contentType, body, isRewritten }: ToldAnswer,
  retryAfter: string | null,
): void {
  const headers = ['content-type', contentType, 'content-length', String(body.length)]
  if (retryAfter !== null) headers.push('retry-after', retryAfter)
  if (isRewritten) headers.push('x-switchyard-error-source', 'upstream')
  headers.push('x-request-id', observation.requestId)
  observation.answerBegan(status, '', true)
  observation.bytesRelayed({ out: body.length })
  notes.content?.response?.add(body)
  exchange.answer(status, notes.limits === null ? headers : notes.limits.addTo(headers), body)
}
