import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import type { AskedService } from '@/lib/gateway/runtime/asked-service.ts'
import { ModelApiRuntime, type PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import { SingleRouter } from '@/lib/gateway/runtime/routing/single-router.ts'

/** As an API of its own, which leads to the service alone. */
export function askedApi({ target, operation }: AskedService): PublishedApi {
  const { id, name } = target.service
  const api = new ModelApiRuntime(
    '',
    {
      id,
      name,
      workspaceId: '',
      enabled: true,
      useCase: 'text',
      protocol: 'openai',
      disabledRoutes: [],
      domains: [],
      basePath: '/',
      removeBasePath: false,
      routing: { mode: 'single', target: { serviceId: id, model: target.model } },
      fallback: null,
      firstPacketTimeoutMs: 0,
      monitoring: null,
      authorization: null,
      moderation: null,
      limits: null,
    },
    [operation],
    null,
  )
  return {
    api,
    router: new SingleRouter(target),
    fallbacks: [],
    classifier: null,
    judge: null,
    targets: new Map(),
    jobs: new JobBook(),
    models: null,
    limits: null,
    authorization: null,
  }
}
