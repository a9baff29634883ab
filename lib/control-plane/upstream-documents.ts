import * as z from 'zod'

/** Services and sources of the AI gateway as revisions keep them: secrets stay sealed. */

export const upstreamServiceDocument = z.object({
  workspaceId: z.string(),
  gatewayId: z.string(),
  name: z.string(),
  description: z.string(),
  source: z.string(),
  config: z.record(z.string(), z.unknown()),
  requestTimeoutMs: z.number(),
  keys: z.array(z.object({ id: z.string(), label: z.string(), hint: z.string(), sealed: z.string() })),
})
export type UpstreamServiceDocument = z.infer<typeof upstreamServiceDocument>

export const sourceDocument = z.object({
  workspaceId: z.string(),
  gatewayId: z.string(),
  name: z.string(),
  type: z.string(),
  config: z.record(z.string(), z.unknown()),
  secretSealed: z.string().nullable(),
})
export type SourceDocument = z.infer<typeof sourceDocument>

/** The configuration in a row, which may have more columns. */
export function toServiceDocument(row: object): UpstreamServiceDocument {
  return upstreamServiceDocument.parse(row)
}

export function toSourceDocument(row: object): SourceDocument {
  return sourceDocument.parse(row)
}
