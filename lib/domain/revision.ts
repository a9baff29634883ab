import * as z from 'zod'
import { fieldChange } from './activity.ts'
import { pageQuery } from './object.ts'

export const revisionChange = z.object({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  operation: z.enum(['created', 'updated', 'deleted']),
  fields: z.array(fieldChange),
})
export type RevisionChangeView = z.infer<typeof revisionChange>

/** One saved change of a gateway. Immutable. Callers see the changes of their own workspace, owners of the installation all. */
export const revision = z.object({
  number: z.int(),
  author: z.string(),
  restoredFrom: z.int().nullable(),
  createdAt: z.iso.datetime(),
  /** Nodes that run exactly this one. */
  nodes: z.int(),
  current: z.boolean(),
  changes: z.array(revisionChange),
})
export type Revision = z.infer<typeof revision>

export const revisionQuery = pageQuery

/** `GET /gateways/{id}/revisions/{number}/restore`: what bringing it back would change, before anyone does it. */
export const restorePreview = z.object({ number: z.int(), changes: z.array(revisionChange) })
export type RestorePreview = z.infer<typeof restorePreview>

/** `POST` to the same address. Fails with 409 when `basedOn` is no longer the newest revision. Tokens are never brought back. */
export const restoreInput = z.object({ basedOn: z.int() })
export type RestoreInput = z.infer<typeof restoreInput>
