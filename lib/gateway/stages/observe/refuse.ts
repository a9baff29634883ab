import { asGatewayError, toErrorAnswer } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import { grpcErrorHeaders, grpcStatusOf } from '@/lib/gateway/grpc-error.ts'
import { isGrpcType } from '@/lib/gateway/stages/admit/request-headers.ts'
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
  try {
    if (isGrpcCall(exchange)) {
      observation.grpcStatus = grpcStatusOf(error.code)
      exchange.answer(200, grpcErrorHeaders(error, requestId), Buffer.alloc(0))
    } else {
      const { status, headers, body } = toErrorAnswer(error, requestId, observation.model?.api.errorShape)
      observation.model?.content?.response?.add(body)
      exchange.answer(status, headers, body)
    }
  } catch {
    // A connection that takes no answer is of no use to anyone.
    exchange.destroy()
  }
}

/** Read from the request as it came, which may have been refused before anything else was read. */
function isGrpcCall({ httpVersion, rawHeaders }: Exchange): boolean {
  if (httpVersion !== '2.0') return false
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index] === 'content-type') return isGrpcType(rawHeaders[index + 1] as string)
  }
  return false
}
