import * as z from 'zod'
import { objectFields, pageQuery, versionInput } from './object.ts'
import { rotateTokenInput } from './service-token.ts'

/** Of one workspace. */
export const consumersMax = 1000
/** Of one consumer, those that still run out among them. */
export const credentialsMax = 20

/** Headers that say something else already, to the gateway or to services. */
const takenHeaders =
  /^(?:authorization|x-api-key|host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|date|cookie|user-agent|idempotency-key|http2-settings|x-request-id|(?:content|accept|proxy|x-forwarded|x-switchyard|anthropic|openai)(?:-.*)?)$/

const headerName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, {
    error: 'Name a header with letters, digits, _ and -, 1 to 64 in all.',
    abort: true,
  })
  .refine((name) => !takenHeaders.test(name), 'This header says something else already. Choose another name.')

const queryName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'Name a query parameter with letters, digits and . _ -, 1 to 64 in all.',
  )

/** `standard`: `Authorization: Bearer` or `x-api-key`, as official clients send it. */
export const apiKeyLocation = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('standard') }),
  z.strictObject({ in: z.literal('header'), name: headerName }),
  z.strictObject({ in: z.literal('query'), name: queryName }),
])
export type ApiKeyLocation = z.infer<typeof apiKeyLocation>

/** Long enough that nobody guesses it. */
const givenKey = z
  .string()
  .regex(/^[!-~]{16,256}$/, 'Use 16 to 256 letters, digits and signs of ASCII, without spaces.')

export const createCredentialInput = z.strictObject({
  type: z.literal('api-key'),
  /** Left out: one is made, and shown in this answer alone. */
  key: givenKey.optional(),
  location: apiKeyLocation.default({ in: 'standard' }),
})
export type CreateCredentialInput = z.infer<typeof createCredentialInput>

export const rotateCredentialInput = z.object({
  graceSeconds: rotateTokenInput.shape.graceSeconds,
  key: givenKey.optional(),
})
export type RotateCredentialInput = z.infer<typeof rotateCredentialInput>

const consumerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Letters, digits, _ and -, 1 to 64 in all.')

/** Model APIs that it may call, of its workspace. */
const modelApiIds = z
  .array(z.string().max(64))
  .max(1000)
  .transform((ids) => [...new Set(ids)])

export const createConsumerInput = z.object({
  name: consumerName,
  modelApiIds: modelApiIds.default([]),
  credentials: z.array(createCredentialInput).max(credentialsMax).default([]),
})
export type CreateConsumerInput = z.infer<typeof createConsumerInput>

export const updateConsumerInput = z.object({
  name: consumerName.optional(),
  modelApiIds: modelApiIds.optional(),
  ...versionInput.shape,
})
export type UpdateConsumerInput = z.infer<typeof updateConsumerInput>

export const credential = z.object({
  id: z.string(),
  type: z.literal('api-key'),
  location: apiKeyLocation,
  /** Last four characters. */
  hint: z.string(),
  /** `ck_live_` + 40 characters where it was made here. Shown once, in the answer that creates it; null afterwards. */
  key: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Null: until it is rotated or taken away. */
  expiresAt: z.iso.datetime().nullable(),
})
export type Credential = z.infer<typeof credential>

export const consumer = objectFields.extend({
  name: z.string(),
  modelApis: z.array(z.object({ id: z.string(), name: z.string() })),
  credentials: z.array(credential),
})
export type Consumer = z.infer<typeof consumer>

export const consumerQuery = pageQuery
