import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import { viewIntent } from '@/lib/console/requests/view-request.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { noFallback } from '@/lib/domain/model-routing.ts'
import { requestRecord } from '@/lib/domain/request-record.ts'
import { routeReason } from '@/lib/domain/route-reason.ts'
import {
  type WhatIfInput,
  type WhatIfPlace,
  type WhatIfResult,
  whatIfRequestsMax,
} from '@/lib/domain/what-if.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listRoutedRequests, type RoutedRow } from '@/lib/persistence/request-store.ts'
import { listUpstreamNames } from '@/lib/persistence/service-store.ts'
import { targetProblems } from './check-model-api.ts'
import { type Place, type RoutedRequest, replayRouting } from './replay-routing.ts'
import { requireModelApi } from './require-model-api.ts'

const { attempts } = requestRecord.shape
const storedReason = routeReason.nullable().catch(null)

/** Where the last requests would have gone with another routing. Nothing is asked of any service, and no content is read. */
export async function whatIf(
  idOrName: string,
  { routing }: WhatIfInput,
  caller: WorkspaceCaller,
): Promise<WhatIfResult> {
  requirePermission(caller, 'model-apis.read')
  requirePermission(caller, 'requests.read')
  const { database } = consoleContext()
  const row = await requireModelApi(database, idOrName, caller)
  const present = modelApiDocument.parse(row)
  refuseProblems(await targetProblems(database, { ...present, routing, fallback: noFallback }))
  const rows = (await listRoutedRequests(database, row.id, whatIfRequestsMax)).filter(wasRouted)
  const services = await namesOf(database, caller.workspace.id)
  const requests = rows.map((one) => toRouted(one, services))
  const { known: _, moves, after, unknown, isEstimate } = replayRouting(requests, present.routing, routing)
  const byId = new Map(rows.map((one) => [one.id, one]))
  const view = (place: Place | null) => viewPlace(place, services)
  return {
    requests: rows.length,
    since: rows.at(-1)?.at.toISOString() ?? null,
    moved: total(moves),
    refused: total(moves.filter(({ to }) => to === null)),
    unknown,
    moves: moves.map(({ from, to, requests: count, examples }) => ({
      from: view(from),
      to: view(to),
      requests: count,
      examples: examples.flatMap((id) => exampleOf(byId.get(id))),
    })),
    after: after.map(({ place, requests: count }) => ({ place: view(place), requests: count })),
    isEstimate,
  }
}

/** What was refused for other reasons never came to be routed. */
function wasRouted({ serviceId, errorCode }: RoutedRow): boolean {
  return serviceId !== null || errorCode === 'model_not_routed'
}

function toRouted(row: RoutedRow, services: ReadonlyMap<string, string>): RoutedRequest {
  const { id, modelAsked: model, intent } = row
  return { id, model, intent, reason: storedReason.parse(row.routed), place: firstPlace(row, services) }
}

/** Of those that fell back, nodes tell the first service by its name. */
function firstPlace(row: RoutedRow, services: ReadonlyMap<string, string>): Place | null {
  const [first, second] = attempts.parse(row.attempts)
  if (first === undefined || row.serviceId === null) return null
  const named = second === undefined ? row.serviceId : idOf(first.service, services)
  return { serviceId: named, model: first.model ?? row.modelAsked }
}

function idOf(name: string, services: ReadonlyMap<string, string>): string {
  for (const [id, known] of services) if (known === name) return id
  return name
}

async function namesOf(database: Transaction, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await listUpstreamNames(database, workspaceId)).map(({ id, name }) => [id, name]))
}

function viewPlace(place: Place | null, services: ReadonlyMap<string, string>): WhatIfPlace | null {
  if (place === null) return null
  const { serviceId: id, model } = place
  return { service: { id, name: services.get(id) ?? id }, model }
}

function exampleOf(row: RoutedRow | undefined): WhatIfResult['moves'][number]['examples'] {
  if (row === undefined) return []
  const { id, at, requestId, modelAsked: model, promptCharacters, intent } = row
  return [{ id, at: at.toISOString(), requestId, model, promptCharacters, intent: viewIntent(intent) }]
}

function total(moves: ReadonlyArray<{ readonly requests: number }>): number {
  return Math.round(moves.reduce((sum, { requests }) => sum + requests, 0) * 100) / 100
}
