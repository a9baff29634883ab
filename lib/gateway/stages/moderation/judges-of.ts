import type { JudgeService } from '@/lib/gateway/runtime/judge-service.ts'
import type { Calling } from '@/lib/gateway/stages/model-call/calling.ts'
import { TextJudge } from '@/lib/gateway/stages/moderation/text-judge.ts'

/** Makes judges for the texts of one call: each for what can be given up by itself. */
export function judgesOf(
  service: JudgeService,
  { runtime, observation, notes, held, clock }: Omit<Calling, 'bytes' | 'operation' | 'judgeReply'>,
): () => TextJudge {
  const asking = { runtime, holding: held, clock, requestId: observation.requestId }
  return () => new TextJudge(service, notes, asking)
}
