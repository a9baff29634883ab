import type { ToldIntent } from '@/lib/domain/route-reason.ts'
import type { RouteChoice, RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { MatchedOperation } from '@/lib/gateway/stages/match/match-operation.ts'
import { idsAskedFor } from '@/lib/gateway/stages/relay-operation/job-ids.ts'
import type { OperationContent } from '@/lib/gateway/stages/relay-operation/operation-content.ts'

/** What a call may be about at once; the rest is where the first are. */
const idsMax = 100

/** Where one relayed request goes. */
export interface TargetChoice {
  readonly choice: RouteChoice
  /** A call about something that one service has, and no other. */
  readonly isBound: boolean
  /** By which names later requests are led to the same service. */
  readonly lasting: readonly string[]
}

/** `caller`: whose clients of ComfyUI share a server, as images are asked for by no id. */
export async function chooseTarget(
  matched: MatchedOperation,
  content: OperationContent,
  caller: string,
  told: ToldIntent | null,
): Promise<TargetChoice> {
  const { published, operation } = matched
  const { api, router, jobs } = published
  const { made, clients } = idsAskedFor(matched, content)
  const lasting =
    api.protocol === 'comfyui' ? [...clients.map((id) => `client ${id}`), `caller ${caller}`] : []
  const ids = made.slice(0, idsMax).map((id) => `id ${id}`)
  const names = [...ids, ...lasting]
  const found = names.length === 0 ? [] : await jobs.find(api.id, names)
  const holder = found.find((serviceId) => targetOf(matched, serviceId) !== null) ?? null
  const target = targetOf(matched, holder)
  if (target !== null) {
    if (found.slice(ids.length).some((serviceId) => serviceId !== holder)) {
      await jobs.remember(api.id, lasting, target.service.id)
    }
    return { choice: bound(target), isBound: true, lasting }
  }
  const { json, model } = content
  const hasNoModel = model === null && !operation.route.carries.includes('json')
  const choice = router.choose({ model, body: json ?? {}, format: null, hasNoModel, told }, performance.now())
  if (lasting.length > 0) {
    // Another call of the same client may have been routed meanwhile.
    const seen = found.slice(ids.length)
    const kept = targetOf(matched, await jobs.claim(api.id, lasting, seen, choice.service.id))
    if (kept !== null && kept.service.id !== choice.service.id) {
      await jobs.remember(api.id, lasting, kept.service.id)
      return { choice: bound(kept), isBound: true, lasting }
    }
  }
  return { choice, isBound: false, lasting }
}

function bound(target: RoutedTarget): RouteChoice {
  return { ...target, reason: { mode: 'affinity' }, metered: null }
}

function targetOf({ published }: MatchedOperation, serviceId: string | null): RoutedTarget | null {
  return serviceId === null ? null : (published.targets.get(serviceId) ?? null)
}
