import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { PreparedModeration } from '@/lib/gateway/runtime/prepared-moderation.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import { judgeRequest } from '@/lib/gateway/stages/moderation/judge-request.ts'
import { moderateRequest } from '@/lib/gateway/stages/moderation/moderate-request.ts'
import { TextJudge } from '@/lib/gateway/stages/moderation/text-judge.ts'
import { isPassedBy } from '@/lib/gateway/stages/self-test/self-test.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/**
 * Holds a request against the rules of its API, then has what they left judged by its service, if it has one. Answers
 * with the bytes to send: the same where nobody looks at requests. Throws or rejects as `moderateRequest` and
 * `judgeRequest` do.
 */
export function moderateCall(
  call: ApiCall,
  body: JsonObject,
  format: CallerFormat,
  arrived: Buffer,
): Buffer | Promise<Buffer> {
  const { api, judge } = call.operation.published
  const { moderation } = api
  if (moderation?.request !== true || isPassedBy(call.notes.selfTest, 'moderation')) return arrived
  const passed = moderateRequest(moderation, body, format, arrived.length)
  if (judge === null) return passed
  return judged(call, new TextJudge(judge, call), moderation, body, format, passed)
}

async function judged(
  { observation }: ApiCall,
  judge: TextJudge,
  moderation: PreparedModeration,
  body: JsonObject,
  format: CallerFormat,
  passed: Buffer | Promise<Buffer>,
): Promise<Buffer> {
  const bytes = Buffer.isBuffer(passed) ? passed : await passed
  await judgeRequest(judge, moderation, body, format, observation.exchange)
  return bytes
}
