import { AskedService } from '@/lib/gateway/runtime/asked-service.ts'
import type { RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { EndpointPolicy } from '@/lib/moderation/endpoint/endpoint-policy.ts'
import { moderationsPath } from '@/lib/moderation/endpoint/endpoint-request.ts'
import type { ModerationEndpointSnapshot } from '@/lib/snapshot/moderation-snapshot.ts'

/** The service that judges texts of one Model API, and what its verdicts mean there. */
export class JudgeService {
  readonly asked: AskedService
  readonly policy: EndpointPolicy
  /** Of one question. */
  readonly timeoutMs: number

  constructor(target: RoutedTarget, { model, categories, onFailure, timeoutMs }: ModerationEndpointSnapshot) {
    this.asked = new AskedService(target, moderationsPath)
    this.policy = { model, categories, onFailure }
    this.timeoutMs = timeoutMs
  }
}
