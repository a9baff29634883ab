import type { JudgeService } from '@/lib/gateway/runtime/judge-service.ts'
import type { Calling } from '@/lib/gateway/stages/model-call/calling.ts'
import type { Judge } from '@/lib/gateway/stages/moderation/judge.ts'
import { TextJudge } from '@/lib/gateway/stages/moderation/text-judge.ts'

/** Makes judges for the texts of one call: each for what can be given up by itself. */
export function judgesOf(
  service: JudgeService,
  calling: Omit<Calling, 'bytes' | 'operation' | 'judgeReply'>,
): () => Judge {
  return () => new TextJudge(service, calling)
}
