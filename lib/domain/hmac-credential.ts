import * as z from 'zod'

/** What a signature may be made to cover: derived components of RFC 9421 §2.2 and the digest of RFC 9530. */
export const hmacComponents = ['@method', '@authority', '@path', '@query', 'content-digest'] as const
export const hmacComponent = z.enum(hmacComponents)
export type HmacComponent = z.infer<typeof hmacComponent>

/** Without these a signature would be good for any other call. */
const alwaysCovered = ['@method', '@path'] as const

/** What signatures name it by: `keyid` of RFC 9421 §2.3. Tells nobody anything; unique in its workspace. */
const keyId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:@/+=-]{0,127}$/, 'Letters, digits and . _ : @ / + = -, 1 to 128 in all.')

/** Its bytes are those of the characters. */
export const hmacSecret = z
  .string()
  .regex(/^[!-~]{16,256}$/, 'Use 16 to 256 letters, digits and signs of ASCII, without spaces.')

const hmacFields = {
  /** What a signature must cover: `@query` where the request has a query, `content-digest` where it has a body. */
  components: z
    .array(hmacComponent)
    .max(hmacComponents.length * 2)
    .refine(
      (names) => alwaysCovered.every((name) => names.includes(name)),
      '@method and @path are always covered.',
    )
    .transform((names) => hmacComponents.filter((name) => names.includes(name)))
    .default(['@method', '@path', '@query', 'content-digest']),
  /** How old `created` of a signature may be. */
  maxAgeSeconds: z.int().min(10).max(3600).default(300),
}

/** HTTP Message Signatures (RFC 9421) with `hmac-sha256`. */
export const hmacCredentialInput = z.strictObject({
  type: z.literal('hmac'),
  keyId,
  /** Left out: one is made, and shown in this answer alone. */
  secret: hmacSecret.optional(),
  ...hmacFields,
})
export type HmacCredentialInput = z.infer<typeof hmacCredentialInput>

export const hmacCredential = z.object({
  type: z.literal('hmac'),
  keyId: z.string(),
  /** Last four characters of the secret. */
  hint: z.string(),
  /** `ck_live_` + 40 characters where it was made here. Shown once, in the answer that creates it; null afterwards. */
  secret: z.string().nullable(),
  components: z.array(hmacComponent),
  maxAgeSeconds: z.int(),
})
