import * as z from 'zod'
import { pageQuery } from './object.ts'

/** One changed field. Secrets are the word `replaced`. */
export const fieldChange = z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })
export type FieldChange = z.infer<typeof fieldChange>

export const activityEntry = z.object({
  id: z.string(),
  actor: z.object({
    kind: z.enum(['user', 'api-token', 'system']),
    id: z.string().nullable(),
    name: z.string(),
  }),
  /** `inference-service.created`; one literal per use case. */
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  reason: z.string().nullable(),
  changes: z.array(fieldChange),
  createdAt: z.iso.datetime(),
})
export type ActivityEntry = z.infer<typeof activityEntry>

export const activityQuery = pageQuery.extend({
  actor: z.string().max(100).optional(),
  objectKind: z.string().max(40).optional(),
  objectId: z.string().max(64).optional(),
  action: z.string().max(64).optional(),
})
export type ActivityQuery = z.infer<typeof activityQuery>
