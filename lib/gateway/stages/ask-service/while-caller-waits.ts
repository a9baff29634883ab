import type { Exchange } from '@/lib/gateway/exchange.ts'

/** Runs what is done before a request is sent anywhere; `leave` is called when its caller goes. */
export async function whileCallerWaits<Result>(
  exchange: Exchange,
  leave: () => void,
  run: () => Promise<Result>,
): Promise<Result> {
  exchange.producer = { callerGone: leave, callerDrained: () => {} }
  if (exchange.gone) leave()
  try {
    return await run()
  } finally {
    exchange.producer = null
  }
}
