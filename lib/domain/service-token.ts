import * as z from 'zod'
import { line } from './object.ts'
import { requestsPerSecond } from './traffic-policy.ts'

/** Grace that rotation offers: none, 15 min, 1 h, 24 h, 7 days. Seconds. */
export const graceSeconds = [0, 900, 3600, 86_400, 604_800] as const

export const rotateTokenInput = z.object({
  graceSeconds: z
    .union([z.literal(0), z.literal(900), z.literal(3600), z.literal(86_400), z.literal(604_800)])
    .default(86_400),
  reason: line(120).default(''),
})
export type RotateTokenInput = z.infer<typeof rotateTokenInput>

/** `PATCH /inference-services/{id}/tokens/{tokenId}`. */
export const updateTokenInput = z.object({
  /** Requests per second with this token, besides the service's own limit. Null: none. */
  requestsPerSecond: requestsPerSecond.nullable(),
})
export type UpdateTokenInput = z.infer<typeof updateTokenInput>

export const serviceToken = z.object({
  id: z.string(),
  /** `ek_live_` + 40 characters. Null unless `?reveal=true` asked for it, which is recorded in the activity. */
  token: z.string().nullable(),
  /** Last four characters. */
  hint: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  /** Null: the active token. */
  expiresAt: z.iso.datetime().nullable(),
  /** Above it 429. Null: none. Rotation hands it on. */
  requestsPerSecond: z.int().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  requestsLastHour: z.int(),
})
export type ServiceToken = z.infer<typeof serviceToken>
