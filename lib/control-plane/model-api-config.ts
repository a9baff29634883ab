import * as z from 'zod'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

/** The column `routing` of a Model API. */
const routingConfig = z.object({
  mode: z.literal('single'),
  target: z.object({ serviceId: z.string(), model: z.string().nullable() }),
})

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
  routing: routingConfig,
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
  return {
    id,
    name,
    workspaceId,
    protocol,
    domains,
    basePath,
    removeBasePath,
    target: routing.target,
    firstPacketTimeoutMs,
  }
}
