import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { PreparedModeration } from '@/lib/gateway/runtime/prepared-moderation.ts'
import type { ModerationMatch } from '@/lib/moderation/moderation-rule.ts'

/** Names the rule by its number: what it looks for is not the caller's to know. */
export function contentBlocked({ message }: PreparedModeration, { rule }: ModerationMatch): GatewayError {
  const told = message ?? 'The request holds what this API does not let through.'
  return refusal('content_blocked', `${told} (Rule ${rule.id} of its moderation.)`)
}
