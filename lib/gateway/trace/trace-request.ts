import { gatewayErrors } from '@/lib/gateway/error.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { RequestTrace } from './request-trace.ts'

const leftStatus = 499

export function beginTrace(trace: RequestTrace, observation: Observation): void {
  observation.trace = trace
  trace.began(observation.requestId, observation.startedAt)
}

/** What the observation has summed up, once it is over. */
export function endTrace(trace: RequestTrace, observation: Observation): void {
  const { model, error, status } = observation
  const isServicesFault = error === null && status >= 400 && status !== leftStatus
  trace.ended({
    status,
    error: error && { code: error.code, source: gatewayErrors[error.code].source },
    isServicesFault,
    firstTokenMs: model?.firstTokenMs ?? null,
    usage: observation.usage(),
    answeredBy: model?.answeredBy ?? null,
    dropped: model?.dropped ?? [],
  })
}
