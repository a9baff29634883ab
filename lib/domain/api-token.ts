import * as z from 'zod'
import { line } from './object.ts'
import { role } from './role.ts'

export const createApiTokenInput = z.object({
  name: line(64).min(1, 'Write what it is for.'),
  role: role.default('developer'),
  /** Null never expires. */
  expiresInDays: z
    .union([z.literal(7), z.literal(30), z.literal(90), z.literal(365)])
    .nullable()
    .default(90),
})
export type CreateApiTokenInput = z.infer<typeof createApiTokenInput>

export const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  /** Null: the whole installation. */
  workspaceId: z.string().nullable(),
  role,
  /** Last four characters. */
  hint: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** `sw_` + 40 characters. Shown once, in the answer that creates it; null afterwards. */
  token: z.string().nullable(),
})
export type ApiToken = z.infer<typeof apiToken>
