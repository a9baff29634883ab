import { type CallerFormat, callerFormats } from '@/lib/gateway/runtime/model-operations.ts'
import type { FormatPlan } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { ChatFormat } from '@/lib/protocols/codec.ts'
import { callerCodecOf, embeddingCodecOf, isEmbeddingFormat, serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { ChatConversion, EmbeddingConversion } from '@/lib/protocols/conversion.ts'
import type { ProviderRoute } from '@/lib/providers/provider.ts'

/** For each format of callers, the route that answers it: one of the same format, else the first it converts to. */
export function buildFormatPlans(
  routes: readonly ProviderRoute[],
  poolOf: (origin: string) => UpstreamPool,
): ReadonlyMap<CallerFormat, FormatPlan> {
  const plans = new Map<CallerFormat, FormatPlan>()
  for (const format of callerFormats) {
    const isEmbedding = isEmbeddingFormat(format)
    const route =
      routes.find((candidate) => candidate.format === format) ??
      routes.find((candidate) => isEmbeddingFormat(candidate.format) === isEmbedding)
    if (route !== undefined) plans.set(format, planOf(format, route, poolOf(route.origin)))
  }
  return plans
}

function planOf(format: CallerFormat, route: ProviderRoute, pool: UpstreamPool): FormatPlan {
  const shared = { route, pool, isSame: route.format === format }
  if (isEmbeddingFormat(format) && isEmbeddingFormat(route.format)) {
    const embedding = new EmbeddingConversion(embeddingCodecOf(format), embeddingCodecOf(route.format))
    return { ...shared, conversion: null, embedding }
  }
  const conversion = new ChatConversion(
    callerCodecOf(format as ChatFormat),
    serviceCodecOf(route.format as ChatFormat),
  )
  return { ...shared, conversion, embedding: null }
}
