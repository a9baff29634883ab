import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { PreparedModeration } from '@/lib/gateway/runtime/prepared-moderation.ts'
import { whileCallerWaits } from '@/lib/gateway/stages/ask-service/while-caller-waits.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import { requestTexts } from '@/lib/gateway/stages/moderation/request-texts.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/**
 * Has the texts of a request judged, as they are after the rules. Throws `content_blocked`, and `moderation_unavailable`
 * where they could not be judged and may not pass without. The question is given up when the caller leaves.
 */
export async function judgeRequest(
  judge: Judge,
  { message }: PreparedModeration,
  body: JsonObject,
  format: CallerFormat,
  exchange: Exchange,
): Promise<void> {
  const texts = requestTexts(body, format).map(({ text }) => text)
  const outcome = await whileCallerWaits(
    exchange,
    () => judge.leave(),
    () => judge.whole(texts),
  )
  if (outcome.kind === 'refused') throw refused(message, outcome.categories)
  if (judge.blocks(outcome)) throw unavailable()
}

function refused(message: string | null, categories: readonly string[]): GatewayError {
  const told = message ?? 'The request holds what this API does not let through.'
  if (categories.length === 0) return refusal('content_blocked', told)
  return refusal('content_blocked', `${told} (Its moderation names ${categories.join(', ')}.)`)
}

function unavailable(): GatewayError {
  return refusal(
    'moderation_unavailable',
    'The service that judges the texts of this API did not do so. Try again in a moment.',
  )
}
