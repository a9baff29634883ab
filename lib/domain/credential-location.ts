import * as z from 'zod'

/** Headers that say something else already, to the gateway or to services. */
const takenHeaders =
  /^(?:authorization|x-api-key|host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|date|cookie|user-agent|idempotency-key|http2-settings|x-request-id|signature|signature-input|(?:content|accept|proxy|x-forwarded|x-switchyard|anthropic|openai)(?:-.*)?)$/

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

/** `standard`: `Authorization: Bearer`; API keys also in `x-api-key`, as official clients send them. */
export const credentialLocation = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('standard') }),
  z.strictObject({ in: z.literal('header'), name: headerName }),
  z.strictObject({ in: z.literal('query'), name: queryName }),
])
export type CredentialLocation = z.infer<typeof credentialLocation>
