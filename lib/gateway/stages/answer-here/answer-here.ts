import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

/** Answers a request that no service gets. `headers`: names and values in turn. */
export function answerHere(
  observation: Observation,
  status: number,
  headers: readonly string[],
  body: Buffer,
): void {
  const { exchange, requestId } = observation
  observation.answerBegan(status, '', true)
  observation.bytesRelayed({ out: exchange.method === 'HEAD' ? 0 : body.length })
  observation.model?.content?.response?.add(body)
  const length = status === 304 ? [] : ['content-length', String(body.length)]
  exchange.answer(status, [...headers, ...length, 'x-request-id', requestId], body)
}
