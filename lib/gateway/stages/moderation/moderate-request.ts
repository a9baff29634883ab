import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { PreparedModeration } from '@/lib/gateway/runtime/prepared-moderation.ts'
import { toBytes } from '@/lib/gateway/stages/model-call/prepare-call.ts'
import { contentBlocked } from '@/lib/gateway/stages/moderation/content-blocked.ts'
import { requestTexts } from '@/lib/gateway/stages/moderation/request-texts.ts'
import type { ModerationList } from '@/lib/moderation/moderation-list.ts'
import type { ModerationMatch } from '@/lib/moderation/moderation-rule.ts'
import { runAtOnce, runInSlices, type Steps } from '@/lib/platform/slices.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** UTF-16 units that are read before others may have their turn. */
const pieceLength = 4_096
/** Bytes of a body that is read in one go. */
const atOnceMax = 8_192

/**
 * Holds the texts of a request against the rules and masks them within `body`. Answers with the bytes to send from then
 * on, which are written anew in any case: of those that came a service might read another body than was looked at here,
 * where a field stands twice. Throws `content_blocked`; for a large body it rejects with it.
 */
export function moderateRequest(
  moderation: PreparedModeration,
  body: JsonObject,
  format: CallerFormat,
  bytesLength: number,
): Buffer | Promise<Buffer> {
  const steps = moderating(moderation, body, format)
  return bytesLength <= atOnceMax ? runAtOnce(steps) : runInSlices(steps)
}

function* moderating(moderation: PreparedModeration, body: JsonObject, format: CallerFormat): Steps<Buffer> {
  for (const { holder, key, text, isMaskable } of requestTexts(body, format)) {
    const found = yield* read(moderation.list, text)
    if (found.blocked !== null) throw contentBlocked(moderation, found.blocked)
    if (isMaskable) holder[key] = found.text
    yield
  }
  return toBytes(body)
}

interface Found {
  readonly text: string
  readonly blocked: ModerationMatch | null
}

function* read(list: ModerationList, text: string): Steps<Found> {
  const stream = list.openStream()
  const parts: string[] = []
  for (let at = 0; at < text.length; at += pieceLength) {
    const { release, blocked } = stream.push(text.slice(at, at + pieceLength))
    if (blocked !== null) return { text: '', blocked }
    parts.push(release)
    yield
  }
  const { release, blocked } = stream.end()
  parts.push(release)
  return { text: parts.join(''), blocked }
}
