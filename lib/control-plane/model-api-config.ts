import * as z from 'zod'
import { defaultResourceGroup } from '@/lib/domain/model-api.ts'
import { modelApiProtocols, modelApiUseCases } from '@/lib/domain/model-api-routes.ts'
import { defaultMonitoring, type ModelMonitoring, modelMonitoring } from '@/lib/domain/model-monitoring.ts'
import { noPlugins, storedPlugins } from '@/lib/domain/model-plugins.ts'
import { modelFallback, modelRouting, noFallback } from '@/lib/domain/model-routing.ts'
import type { Moderation } from '@/lib/domain/moderation.ts'
import type { ModelApiSnapshot, MonitoringSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { ModerationSnapshot } from '@/lib/snapshot/moderation-snapshot.ts'
import { compileLimits } from './compile-limits.ts'
import { type ConsumerRows, compileAuthorization } from './consumer-config.ts'

/** The configuration of a Model API as revisions keep it. */
export const modelApiDocument = z.object({
  workspaceId: z.string(),
  gatewayId: z.string(),
  name: z.string(),
  // Revisions from before the next three were fields name none.
  enabled: z.boolean().default(true),
  resourceGroup: z.string().default(defaultResourceGroup),
  monitoring: modelMonitoring.default(defaultMonitoring),
  useCase: z.enum(modelApiUseCases),
  protocol: z.enum(modelApiProtocols),
  // Revisions from before routes could be switched off name none.
  disabledRoutes: z.array(z.string()).default([]),
  domainIds: z.array(z.string()),
  basePath: z.string(),
  removeBasePath: z.boolean(),
  routing: modelRouting,
  // Revisions from before there was one have none.
  fallback: modelFallback.default(noFallback),
  firstPacketTimeoutMs: z.number(),
  plugins: storedPlugins.default(noPlugins),
})
export type ModelApiDocument = z.infer<typeof modelApiDocument>

export interface ModelApiRows {
  readonly id: string
  readonly document: ModelApiDocument
  /** The names that its domain ids stand for; of those that are left. */
  readonly domains: readonly string[]
}

export function compileModelApi(
  { id, document, domains }: ModelApiRows,
  consumers: readonly ConsumerRows[],
): ModelApiSnapshot {
  const { name, workspaceId, basePath, removeBasePath, routing, firstPacketTimeoutMs } = document
  const { useCase, protocol, disabledRoutes } = document
  const { enabled, upstreamErrorsOnly, targets } = document.fallback
  return {
    id,
    name,
    workspaceId,
    enabled: document.enabled,
    useCase,
    protocol,
    disabledRoutes,
    domains,
    basePath,
    removeBasePath,
    routing,
    fallback: enabled ? { upstreamErrorsOnly, targets } : null,
    firstPacketTimeoutMs,
    monitoring: compileMonitoring(document.monitoring),
    authorization: document.plugins.authorization.enabled
      ? compileAuthorization({ id, workspaceId }, consumers)
      : null,
    moderation: compileModeration(document.plugins.moderation),
    limits: compileLimits(document.plugins),
  }
}

function compileMonitoring({ enabled, ...recorded }: ModelMonitoring): MonitoringSnapshot | null {
  return enabled ? recorded : null
}

function compileModeration({ enabled, ...rest }: Moderation): ModerationSnapshot | null {
  return enabled ? rest : null
}
