import type { Duplex } from 'node:stream'
import type { RawFields } from '@/lib/gateway/raw-fields.ts'
import { relayedHeaders } from '@/lib/gateway/stages/model-call/answer-fields.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'

/** From here on both sides talk to each other, until one of them is done. */
export function switchProtocols(
  { exchange, observation, runtime, deadline }: ModelCall,
  raw: RawFields,
  upstream: Duplex,
  onClosed: () => void,
): void {
  deadline.clear()
  observation.answerBegan(101, '', false)
  exchange.switchProtocols?.({
    headers: relayedHeaders(raw, observation.requestId).headers,
    upstream,
    idleMs: runtime.limits.clientIdleMs,
    onClosed: (bytes) => {
      observation.bytesRelayed(bytes)
      onClosed()
    },
  })
}
