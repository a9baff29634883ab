import type { RouteChoice, RoutedTarget, ToldIntent } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import { idsAskedFor } from '@/lib/gateway/stages/relay-operation/job-ids.ts'
import type { OperationContent } from '@/lib/gateway/stages/relay-operation/operation-content.ts'

/** Where one relayed request goes. */
export interface TargetChoice {
  readonly choice: RouteChoice
  /** A call about something that one service has, and no other. */
  readonly isBound: boolean
  /** By which names later requests are led to the same service. */
  readonly lasting: readonly string[]
}

/** `caller`: whose clients of ComfyUI share a server, as images are asked for by no id. */
export function chooseTarget(
  matched: MatchedOperation,
  content: OperationContent,
  caller: string,
  told: ToldIntent | null,
): TargetChoice {
  const { published, operation } = matched
  const { api, router, jobs } = published
  const { made, clients } = idsAskedFor(matched, content)
  const lasting =
    api.protocol === 'comfyui' ? [...clients.map((id) => `client ${id}`), `caller ${caller}`] : []
  for (const name of [...made.map((id) => `id ${id}`), ...lasting]) {
    const target = targetOf(matched, jobs.find(name))
    if (target !== null) {
      const choice = { ...target, reason: { mode: 'affinity' }, metered: null } as const
      return { choice, isBound: true, lasting }
    }
  }
  const { json, model } = content
  const hasNoModel = model === null && !operation.route.carries.includes('json')
  const choice = router.choose({ model, body: json ?? {}, format: null, hasNoModel, told }, performance.now())
  return { choice, isBound: false, lasting }
}

function targetOf({ published }: MatchedOperation, serviceId: string | null): RoutedTarget | null {
  return serviceId === null ? null : (published.targets.get(serviceId) ?? null)
}
