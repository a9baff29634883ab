import * as z from 'zod'
import { modelFallback, modelRouting, noFallback } from '@/lib/domain/model-routing.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

const modelApiProtocol = z.enum(['openai', 'anthropic'])

/** The configuration of a Model API as revisions keep it. */
export const modelApiDocument = z.object({
  workspaceId: z.string(),
  gatewayId: z.string(),
  name: z.string(),
  useCase: z.string(),
  protocol: modelApiProtocol,
  domainIds: z.array(z.string()),
  basePath: z.string(),
  removeBasePath: z.boolean(),
  routing: modelRouting,
  // Revisions from before there was one have none.
  fallback: modelFallback.default(noFallback),
  firstPacketTimeoutMs: z.number(),
})
export type ModelApiDocument = z.infer<typeof modelApiDocument>

export interface ModelApiRows {
  readonly id: string
  readonly document: ModelApiDocument
  /** The names that its domain ids stand for; of those that are left. */
  readonly domains: readonly string[]
}

export function compileModelApi({ id, document, domains }: ModelApiRows): ModelApiSnapshot {
  const { name, workspaceId, protocol, basePath, removeBasePath, routing, firstPacketTimeoutMs } = document
  const { enabled, upstreamErrorsOnly, targets } = document.fallback
  return {
    id,
    name,
    workspaceId,
    protocol,
    domains,
    basePath,
    removeBasePath,
    routing,
    fallback: enabled ? { upstreamErrorsOnly, targets } : null,
    firstPacketTimeoutMs,
    authorization: null,
  }
}
