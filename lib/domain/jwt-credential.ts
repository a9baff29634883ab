import * as z from 'zod'
import { credentialLocation } from './credential-location.ts'
import { hasControlCharacter } from './object.ts'

/** RFC 7518 and RFC 8037, with public keys: those of an address or those given. */
export const publicKeyAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

/** With a shared secret, which has at least as many bytes as the hash (RFC 7518 §3.2). */
export const secretAlgorithms = ['HS256', 'HS384', 'HS512'] as const
const secretBytesMin = { HS256: 32, HS384: 48, HS512: 64 } as const

export const jwtAlgorithm = z.enum(
  [...publicKeyAlgorithms, ...secretAlgorithms],
  'There is no such algorithm here; none is never allowed.',
)
export type JwtAlgorithm = z.infer<typeof jwtAlgorithm>

export const jwksKeysMax = 20

/** Of a public key (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2), what verifying needs; the rest is left out. */
export const publicJwk = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP'], 'Give public keys of kty RSA, EC or OKP; a secret is given as a secret.'),
  kid: z.string().max(256).optional(),
  alg: z.string().max(32).optional(),
  use: z.string().max(32).optional(),
  key_ops: z.array(z.string().max(32)).max(10).optional(),
  crv: z.string().max(32).optional(),
  /** At most RSA of 8192 bits. */
  n: z.string().max(1366).optional(),
  /** At most 32 bits. */
  e: z.string().max(6).optional(),
  x: z.string().max(128).optional(),
  y: z.string().max(128).optional(),
})
export type PublicJwk = z.infer<typeof publicJwk>

const givenJwk = z
  .looseObject({})
  .refine((key) => !('d' in key || 'k' in key), {
    error: 'This is a private key. Give its public half: without d, p, q, dp, dq, qi and k.',
    abort: true,
  })
  .pipe(publicJwk)

export const givenJwks = z.object({
  keys: z.array(givenJwk).min(1, 'Give at least one key.').max(jwksKeysMax, `At most ${jwksKeysMax} keys.`),
})

const jwksUrl = z
  .string()
  .trim()
  .max(2048)
  .check(({ value, issues }) => {
    const complaint = jwksUrlComplaint(value)
    if (complaint !== null) issues.push({ code: 'custom', message: complaint, input: value })
  })

function jwksUrlComplaint(text: string): string | null {
  if (!/^https?:\/\//i.test(text)) return 'Start with http:// or https://.'
  if (!URL.canParse(text))
    return 'This is not an address. Write it like https://issuer.example.com/jwks.json.'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'Remove the user and password.'
  return url.hash === '' ? null : 'Remove everything from # on.'
}

const secretBytes = (secret: string) => new TextEncoder().encode(secret).length

export const jwtSecret = z
  .string()
  .max(1024, 'At most 1024 characters.')
  .refine((secret) => secretBytes(secret) >= secretBytesMin.HS256, 'A secret has at least 32 bytes.')

/** Where the keys come from that prove a token: the issuer's address, the keys themselves, or a secret shared with it. */
export const jwtKeysInput = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('url'), jwksUrl }),
  z.strictObject({ from: z.literal('jwks'), jwks: givenJwks }),
  /** Its bytes are those of UTF-8. Sealed, and never shown again. */
  z.strictObject({ from: z.literal('secret'), secret: jwtSecret }),
])
export type JwtKeysInput = z.infer<typeof jwtKeysInput>

const claimText = z
  .string()
  .min(1, 'Fill this in.')
  .max(256, 'At most 256 characters.')
  .refine((text) => !hasControlCharacter(text), 'Remove line breaks and control characters.')

const jwtFields = {
  /** What a token may be signed with; whatever its own header says. */
  algorithms: z
    .array(jwtAlgorithm)
    .min(1, 'Allow at least one algorithm.')
    .max(publicKeyAlgorithms.length)
    .transform((names) => [...new Set(names)]),
  /** What `iss` must be; null takes any that the keys prove. */
  issuer: claimText.nullable(),
  /** What `aud` must be, or hold; null takes tokens made for anyone. */
  audience: claimText.nullable(),
  /** The claim that tells who calls. */
  claim: claimText.default('sub'),
  /** What this consumer's tokens say there: text, or a whole number written out. */
  value: claimText,
  /** How far the clocks of issuer and node may be apart for `exp` and `nbf`. */
  clockSkewSeconds: z.int().min(0).max(300).default(60),
}

export const jwtCredentialInput = z
  .strictObject({
    type: z.literal('jwt'),
    location: credentialLocation.default({ in: 'standard' }),
    keys: jwtKeysInput,
    ...jwtFields,
  })
  .check(({ value, issues }) => {
    for (const [index, algorithm] of value.algorithms.entries()) {
      const message = algorithmComplaint(algorithm, value.keys)
      if (message !== null) {
        issues.push({ code: 'custom', path: ['algorithms', index], message, input: algorithm })
      }
    }
  })
export type JwtCredentialInput = z.infer<typeof jwtCredentialInput>

/** The sentence for an algorithm that these keys do not go with, or null. */
export function algorithmComplaint(algorithm: JwtAlgorithm, keys: JwtKeysInput): string | null {
  const ofSecret = secretAlgorithms.find((name) => name === algorithm)
  if (keys.from !== 'secret') {
    return ofSecret === undefined
      ? null
      : `${algorithm} needs a secret. With public keys choose RS, PS, ES or Ed.`
  }
  if (ofSecret === undefined)
    return `${algorithm} needs public keys. With a secret choose HS256, HS384 or HS512.`
  const least = secretBytesMin[ofSecret]
  const bytes = secretBytes(keys.secret)
  // One that is too short for any says so by itself.
  const isTooShort = bytes >= secretBytesMin.HS256 && bytes < least
  return isTooShort ? `${algorithm} needs a secret of at least ${least} bytes.` : null
}

export const jwtCredential = z.object({
  type: z.literal('jwt'),
  location: credentialLocation,
  keys: z.discriminatedUnion('from', [
    z.object({ from: z.literal('url'), jwksUrl: z.string() }),
    z.object({ from: z.literal('jwks'), jwks: z.object({ keys: z.array(publicJwk) }) }),
    /** The secret itself is never shown. */
    z.object({ from: z.literal('secret') }),
  ]),
  algorithms: z.array(jwtAlgorithm),
  issuer: z.string().nullable(),
  audience: z.string().nullable(),
  claim: z.string(),
  value: z.string(),
  clockSkewSeconds: z.int(),
})
