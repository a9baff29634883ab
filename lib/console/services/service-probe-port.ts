import type * as z from 'zod'
import type { IntentLabel } from '@/lib/domain/model-routing.ts'
import type { ToldIntent } from '@/lib/domain/route-reason.ts'
import type { listModelsResult, ServiceTestResult, TestServiceInput } from '@/lib/domain/test-service.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** Asks services in the way that gateway nodes do, from within the console; the routes hand it in. */
export interface ServiceProbePort {
  /** A call that fails is a result. */
  test(
    service: UpstreamServiceSnapshot,
    input: TestServiceInput,
    requestId: string,
  ): Promise<ServiceTestResult>
  /** What a model says a prompt is about. */
  intent(
    service: UpstreamServiceSnapshot,
    probe: {
      readonly model: string
      readonly choices: readonly IntentLabel[]
      readonly prompt: string
      readonly timeoutMs: number
    },
    requestId: string,
  ): Promise<ToldIntent>
  models(service: UpstreamServiceSnapshot): Promise<z.infer<typeof listModelsResult>>
}
