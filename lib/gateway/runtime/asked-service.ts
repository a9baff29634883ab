import { JobServices } from '@/lib/gateway/runtime/jobs/job-services.ts'
import { ModelApiRuntime, type PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import { Operation } from '@/lib/gateway/runtime/model-operations.ts'
import type { RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import { SingleRouter } from '@/lib/gateway/runtime/routing/single-router.ts'

/** Questions under way of one API at one service; more would only wait on it. */
const inFlightMax = 256

/** A service that a gateway asks for a Model API, and not for its callers: as an API of its own that leads to it alone. */
export class AskedService {
  readonly published: PublishedApi
  readonly operation: Operation
  #inFlight = 0

  /** `path`: as OpenAI has it, such as `/v1/moderations`. */
  constructor(target: RoutedTarget, path: string) {
    const { id, name } = target.service
    this.operation = new Operation({
      name: 'asked',
      path,
      match: 'exact',
      methods: ['POST'],
      description: 'Asked by the gateway',
      carries: ['json'],
    })
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
      [this.operation],
      null,
    )
    this.published = {
      api,
      router: new SingleRouter(target),
      fallbacks: [],
      judge: null,
      targets: new Map(),
      jobs: new JobServices(),
      models: null,
      limits: null,
      authorization: null,
    }
  }

  /** False: so many are under way that this one is not to be asked. */
  enter(): boolean {
    if (this.#inFlight >= inFlightMax) return false
    this.#inFlight += 1
    return true
  }

  leave(): void {
    this.#inFlight -= 1
  }
}
