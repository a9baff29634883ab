import type * as z from 'zod'
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
  models(service: UpstreamServiceSnapshot): Promise<z.infer<typeof listModelsResult>>
}
