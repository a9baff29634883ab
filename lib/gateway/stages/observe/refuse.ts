import { asGatewayError, toErrorAnswer } from '@/lib/gateway/error.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Observer } from '@/lib/gateway/stages/observe/observer.ts'

/** Turns whatever ended a request early into its answer, as far as one can still be given. */
export function refuse(observer: Observer, observation: Observation, thrown: unknown): void {
  const { exchange, requestId } = observation
  if (exchange.gone) {
    observation.callerLeft()
    return
  }
  const error = asGatewayError(thrown)
  observer.countError(error.code)
  observation.failed(error)
  if (exchange.started) {
    exchange.destroy()
    return
  }
  const { status, headers, body } = toErrorAnswer(error, requestId)
  try {
    exchange.answer(status, headers, body)
  } catch {
    // A connection that takes no answer is of no use to anyone.
    exchange.destroy()
  }
}
