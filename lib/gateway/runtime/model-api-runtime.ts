import type { JobSource } from '@/lib/counters/jobs/job-source.ts'
import type { ErrorShape } from '@/lib/gateway/error.ts'
import type { ConsumerAuthorization } from '@/lib/gateway/runtime/consumers/consumer-authorization.ts'
import type { JudgeService } from '@/lib/gateway/runtime/judge-service.ts'
import type { ApiLimits } from '@/lib/gateway/runtime/limits/api-limits.ts'
import type { ModelClassifier } from '@/lib/gateway/runtime/model-classifier.ts'
import { hasModelList, modelListPath } from '@/lib/gateway/runtime/model-list.ts'
import type { Operation } from '@/lib/gateway/runtime/model-operations.ts'
import type { PreparedModeration } from '@/lib/gateway/runtime/prepared-moderation.ts'
import type { ModelRouter, RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

/** A Model API with everything prepared that a request would otherwise have to look up or parse. */
export class ModelApiRuntime {
  readonly line: string
  readonly id: string
  readonly name: string
  readonly enabled: boolean
  readonly protocol: ModelApiSnapshot['protocol']
  /** How callers are told what is wrong: servers without a form of their own are asked by clients of OpenAI's. */
  readonly errorShape: ErrorShape
  readonly domains: readonly string[]
  readonly basePath: string
  readonly removeBasePath: boolean
  readonly routing: ModelApiSnapshot['routing']
  readonly fallback: ModelApiSnapshot['fallback']
  readonly firstPacketTimeoutMs: number
  readonly monitoring: ModelApiSnapshot['monitoring']
  readonly workspaceId: string
  readonly authorization: ModelApiSnapshot['authorization']
  readonly operations: readonly Operation[]
  readonly moderation: PreparedModeration | null
  readonly limits: ModelApiSnapshot['limits']
  /** The gateway itself tells which models there are. */
  readonly listsModels: boolean
  /** What a caller is told who asks for anything else. */
  readonly noSuchRoute: string

  constructor(
    line: string,
    api: ModelApiSnapshot,
    operations: readonly Operation[],
    moderation: PreparedModeration | null,
  ) {
    this.line = line
    this.id = api.id
    this.name = api.name
    this.enabled = api.enabled
    this.protocol = api.protocol
    this.errorShape = api.protocol === 'comfyui' || api.protocol === 'vllm' ? 'openai' : api.protocol
    this.domains = api.domains
    this.basePath = api.basePath
    this.removeBasePath = api.removeBasePath
    this.routing = api.routing
    this.fallback = api.fallback
    this.firstPacketTimeoutMs = api.firstPacketTimeoutMs
    this.monitoring = api.monitoring
    this.workspaceId = api.workspaceId
    this.authorization = api.authorization
    this.operations = operations
    this.moderation = moderation
    this.limits = api.limits
    const base = api.basePath === '/' ? '' : api.basePath
    const routes = operations.map(({ path, route }) => `${route.methods.join('|')} ${base}${path}`)
    this.listsModels = hasModelList(api)
    if (this.listsModels) routes.push(`GET ${base}${modelListPath}`)
    this.noSuchRoute = `This API has no such route. It answers at ${routes.join(', ')}.`
  }
}

/** A Model API and the services that it routes to, as one snapshot has them. */
export interface PublishedApi {
  readonly api: ModelApiRuntime
  readonly router: ModelRouter
  /** What is asked, in this order, where the chosen service does not answer well. */
  readonly fallbacks: readonly RoutedTarget[]
  /** Who tells intents apart, where that is a model; else null. */
  readonly classifier: ModelClassifier | null
  /** Who judges its texts besides its rules; null: nobody does. */
  readonly judge: JudgeService | null
  /** Every service that it may ask, by id, for what is bound to one. */
  readonly targets: ReadonlyMap<string, RoutedTarget>
  /** Which of them has what, by names of this API. */
  readonly jobs: JobSource
  /** The answer to `GET /v1/models`; null where the gateway has none of its own. */
  readonly models: Buffer | null
  /** Null: everybody may call. */
  readonly authorization: ConsumerAuthorization | null
  /** Null: nothing is counted. */
  readonly limits: ApiLimits | null
}
