import { ConsumerAuthorization } from '@/lib/gateway/runtime/consumers/consumer-authorization.ts'
import type { ConsumerIndex } from '@/lib/gateway/runtime/consumers/consumer-index.ts'
import { JudgeService } from '@/lib/gateway/runtime/judge-service.ts'
import { ApiLimits } from '@/lib/gateway/runtime/limits/api-limits.ts'
import { ModelApiRuntime, type PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import { buildClassifier } from '@/lib/gateway/runtime/model-classifier.ts'
import { buildModelList } from '@/lib/gateway/runtime/model-list.ts'
import { operationsOf } from '@/lib/gateway/runtime/model-operations.ts'
import { prepareModeration } from '@/lib/gateway/runtime/prepared-moderation.ts'
import { buildRouter } from '@/lib/gateway/runtime/routing/build-router.ts'
import type { RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'
import type { ModelTarget } from '@/lib/snapshot/model-routing-snapshot.ts'
import { decodeModelApi } from '@/lib/snapshot/snapshot-codec.ts'

const basePathForm = /^\/(?:[^/?#]+(?:\/[^/?#]+)*)?$/
/** What a timer can count. */
const timeoutMsMax = 2 ** 31 - 1

/** Compiles one Model API. Throws `SnapshotRefused` on one that cannot be served. */
export function buildModelApi(line: string): ModelApiRuntime {
  const api = decodeModelApi(line)
  const known = operationsOf(api.useCase, api.protocol)
  if (known.length === 0) {
    throw new SnapshotRefused(
      `Model API ${api.name} speaks ${String(api.protocol)}, which this node does not know.`,
    )
  }
  const operations = known.filter(({ route }) => !api.disabledRoutes.includes(route.name))
  if (operations.length === 0) throw new SnapshotRefused(`Model API ${api.name} has no route that is on.`)
  if (!basePathForm.test(api.basePath)) {
    throw new SnapshotRefused(`Model API ${api.name} has a base path that is not one: ${api.basePath}`)
  }
  const { firstPacketTimeoutMs } = api
  if (!(firstPacketTimeoutMs >= 0 && firstPacketTimeoutMs <= timeoutMsMax)) {
    throw new SnapshotRefused(
      `The firstPacketTimeoutMs of Model API ${api.name} is not between 0 and ${timeoutMsMax}.`,
    )
  }
  return new ModelApiRuntime(line, api, operations, prepareModeration(api, operations))
}

/**
 * Finds the services that an API routes to. What `previous` has seen of the same routing goes on counting. Throws
 * `SnapshotRefused` where the snapshot lacks one.
 */
export function publish(
  api: ModelApiRuntime,
  services: ReadonlyMap<string, UpstreamServiceRuntime>,
  consumers: ConsumerIndex,
  previous: PublishedApi | null,
  { limits: source, jobs }: Pick<SharedState, 'limits' | 'jobs'>,
): PublishedApi {
  const find = ({ serviceId, model }: ModelTarget): RoutedTarget => {
    const service = services.get(serviceId)
    if (service !== undefined) return { service, model, rollups: new RollupSlot() }
    throw new SnapshotRefused(
      `Model API ${api.name} routes to service ${serviceId}, which the snapshot lacks.`,
    )
  }
  const isSame = JSON.stringify(previous?.api.routing) === JSON.stringify(api.routing)
  const router = buildRouter(api.routing, find, isSame ? (previous?.router.metrics ?? null) : null)
  const authorization =
    api.authorization && new ConsumerAuthorization(api.workspaceId, consumers, api.authorization.consumerIds)
  const models = api.listsModels ? buildModelList(api, (id) => services.get(id)?.models ?? []) : null
  const fallbacks = api.fallback?.targets.map(find) ?? []
  const targets = new Map<string, RoutedTarget>()
  for (const service of [...router.services, ...fallbacks.map((target) => target.service)]) {
    targets.set(service.id, find({ serviceId: service.id, model: null }))
  }
  const endpoint = api.moderation?.endpoint ?? null
  const judge = endpoint && new JudgeService(find({ serviceId: endpoint.serviceId, model: null }), endpoint)
  const classifier = buildClassifier(api.routing, find)
  const limits = api.limits && new ApiLimits(api.id, api.limits, source)
  return { api, router, fallbacks, classifier, judge, targets, jobs, authorization, models, limits }
}
