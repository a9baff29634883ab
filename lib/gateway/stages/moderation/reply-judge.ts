import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import { TextJudge } from '@/lib/gateway/stages/moderation/text-judge.ts'

/** Makes who judges an answer, one for each that can be given up by itself; null: nobody judges them. */
export function replyJudge(call: ApiCall): (() => Judge) | null {
  const { api, judge } = call.operation.published
  return judge === null || api.moderation?.reply !== true ? null : () => new TextJudge(judge, call)
}
