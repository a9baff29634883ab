import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { ModelRelay, RelayOutcome } from '@/lib/gateway/stages/model-call/model-relay.ts'
import { TargetDeclined } from '@/lib/gateway/stages/model-call/target-declined.ts'
import type { RequestTrace, Sending, SendOutcome } from '@/lib/gateway/trace/request-trace.ts'
import type { Authorization } from '@/lib/providers/provider.ts'

const brokenStatus = 502

type Sent = Pick<Sending, 'origin' | 'host' | 'request'> & { readonly authorization: Authorization | null }

export function traceSending(
  trace: RequestTrace,
  { route, prepared }: ModelCall,
  { authorization, ...sent }: Sent,
): void {
  const { service } = route
  const { model, plan, dropped } = prepared
  trace.sends({
    ...sent,
    service,
    model: model === '' ? null : model,
    credentials: authorization?.headers ?? [],
    credentialQuery: authorization?.query ?? '',
    isConverted: plan !== null && !plan.isSame,
    dropped,
  })
}

/** Tells what comes of a try, and passes it on. */
export async function traceOutcome(
  trace: RequestTrace,
  call: ModelCall,
  relay: ModelRelay,
): Promise<RelayOutcome> {
  const message = () => call.notes.failure?.message ?? null
  const status = () => (relay.status === 0 ? null : relay.status)
  try {
    const outcome = await relay.done
    const reason = outcome === 'declined' ? 'key_declined' : reasonOf(call, relay)
    trace.sent({ status: status(), error: null, reason, message: message() })
    return outcome
  } catch (error) {
    const reason = error instanceof TargetDeclined ? 'answered_error' : null
    trace.sent({ status: status(), error, reason, message: message() })
    throw error
  }
}

function reasonOf(
  { exchange, observation, notes }: ModelCall,
  { status }: ModelRelay,
): SendOutcome['reason'] {
  if (exchange.gone) return 'caller_left'
  if (status >= 400) return 'answered_error'
  if (notes.failure !== null || observation.status === brokenStatus) {
    return exchange.started && observation.status === brokenStatus ? 'broke_off' : 'answered_error'
  }
  return null
}
