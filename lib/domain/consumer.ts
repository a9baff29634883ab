import * as z from 'zod'
import { credentialLocation } from './credential-location.ts'
import { hmacCredential, hmacCredentialInput } from './hmac-credential.ts'
import { jwtCredential, jwtCredentialInput } from './jwt-credential.ts'
import { objectFields, pageQuery, versionInput } from './object.ts'
import { rotateTokenInput } from './service-token.ts'

/** Of one workspace. */
export const consumersMax = 1000
/** Of one consumer, those that still run out among them. */
export const credentialsMax = 20

/** Long enough that nobody guesses it. */
const givenKey = z
  .string()
  .regex(/^[!-~]{16,256}$/, 'Use 16 to 256 letters, digits and signs of ASCII, without spaces.')

const apiKeyInput = z.strictObject({
  type: z.literal('api-key'),
  /** Left out: one is made, and shown in this answer alone. */
  key: givenKey.optional(),
  location: credentialLocation.default({ in: 'standard' }),
})

export const createCredentialInput = z.discriminatedUnion('type', [
  apiKeyInput,
  jwtCredentialInput,
  hmacCredentialInput,
])
export type CreateCredentialInput = z.infer<typeof createCredentialInput>

/** Of a JWT that is proved by public keys nothing is rotated here: whoever issues its tokens changes its keys. */
export const rotateCredentialInput = z.object({
  graceSeconds: rotateTokenInput.shape.graceSeconds,
  /** Of an API key. Left out: one is made. */
  key: givenKey.optional(),
  /** Of HMAC, where one is made if it is left out, or of a JWT, which needs it. */
  secret: z.string().max(1024, 'At most 1024 characters.').optional(),
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

const anyCredential = {
  id: z.string(),
  createdAt: z.iso.datetime(),
  /** Null: until it is rotated or taken away. */
  expiresAt: z.iso.datetime().nullable(),
}

const apiKeyCredential = z.object({
  type: z.literal('api-key'),
  location: credentialLocation,
  /** Last four characters. */
  hint: z.string(),
  /** `ck_live_` + 40 characters where it was made here. Shown once, in the answer that creates it; null afterwards. */
  key: z.string().nullable(),
})

export const credential = z.discriminatedUnion('type', [
  apiKeyCredential.extend(anyCredential),
  jwtCredential.extend(anyCredential),
  hmacCredential.extend(anyCredential),
])
export type Credential = z.infer<typeof credential>
export type ApiKeyCredential = Extract<Credential, { type: 'api-key' }>

export const consumer = objectFields.extend({
  name: z.string(),
  modelApis: z.array(z.object({ id: z.string(), name: z.string() })),
  credentials: z.array(credential),
})
export type Consumer = z.infer<typeof consumer>

export const consumerQuery = pageQuery
