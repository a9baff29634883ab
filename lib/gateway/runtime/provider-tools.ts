import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { collectAnswer } from '@/lib/gateway/upstream/collect-answer.ts'
import type { DialOptions } from '@/lib/gateway/upstream/upstream-pools.ts'
import type { ProviderTools, SideAnswer, SideRequest } from '@/lib/providers/provider.ts'

const timeoutMs = 10_000
const answerBytesMax = 1_048_576

/** What adapters may use of the world: short requests for tokens, under the rules of all other requests. */
export function createProviderTools(
  { clock, pools }: Pick<SharedState, 'clock' | 'pools'>,
  dial: DialOptions,
): ProviderTools {
  return {
    now: () => clock.now(),
    fetch: (request) => fetchOnce(pools, dial, request),
  }
}

async function fetchOnce(
  pools: SharedState['pools'],
  dial: DialOptions,
  request: SideRequest,
): Promise<SideAnswer> {
  const url = new URL(request.url)
  const { pool, release } = pools.acquire(url.origin, dial)
  try {
    return await collectAnswer(
      pool.http1,
      {
        method: request.method,
        path: url.pathname + url.search,
        headers: request.headers,
        body: request.body,
      },
      { bytesMax: answerBytesMax, signal: AbortSignal.timeout(timeoutMs) },
    )
  } finally {
    release()
  }
}
