import * as z from 'zod'
import { objectName } from './network.ts'
import { objectFields, versionInput } from './object.ts'

const pem = z.string().trim().min(1, 'Paste the PEM text.').max(65_536, 'At most 64 KiB.')

const keyPair = {
  /** Leaf first, then intermediates. */
  chain: pem,
  /** Write-only: sealed at rest and never shown again. */
  key: pem,
  /** Of an encrypted key. Not stored: the key is sealed without it. */
  passphrase: z.string().max(1024).nullable().default(null),
}

/** `POST …/certificates/preview`: what an upload would be, without storing anything. The key may be missing yet. */
export const certificatePreviewInput = z.object({ ...keyPair, key: pem.nullable().default(null) })

export const createCertificateInput = z.object({
  name: objectName,
  /** True: for domains of the shared gateway; owners of the installation only. */
  installation: z.boolean().default(false),
  ...keyPair,
})
export type CreateCertificateInput = z.infer<typeof createCertificateInput>

/** Replaces chain and key: domains that use it serve the new one within seconds, and open connections stay. */
export const updateCertificateInput = z.object({
  name: objectName.optional(),
  chain: pem.optional(),
  key: pem.optional(),
  passphrase: z.string().max(1024).nullable().optional(),
  ...versionInput.shape,
})
export type UpdateCertificateInput = z.infer<typeof updateCertificateInput>

export const certificateFacts = z.object({
  subject: z.string(),
  /** Host names it covers, lower case. */
  names: z.array(z.string()),
  issuer: z.string(),
  /** `EC prime256v1`, `RSA 2048`. */
  keyType: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  /** Whole days until it expires; negative when it has. */
  daysLeft: z.int(),
  /** SHA-256 of the leaf, hexadecimal. */
  fingerprint: z.string(),
  /** Certificates in the chain, leaf included. */
  chainLength: z.int(),
})

export const certificatePreview = z.object({
  facts: certificateFacts.nullable(),
  /** What forbids it: an upload would be refused for the same. */
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  /** What should be known: expires soon, self-signed, weak key. */
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
})
export type CertificatePreview = z.infer<typeof certificatePreview>

export const certificate = objectFields.extend({
  name: z.string(),
  source: z.enum(['uploaded', 'acme']),
  installation: z.boolean(),
  ...certificateFacts.shape,
  usedBy: z.array(z.object({ kind: z.enum(['domain', 'service']), id: z.string(), name: z.string() })),
  editable: z.boolean(),
})
export type Certificate = z.infer<typeof certificate>

/** Whether the names of a certificate cover a domain: exactly, or by a wildcard for one label (RFC 9525 §6.3). */
export function coversName(certificateNames: readonly string[], domain: string): boolean {
  const parent = domain.slice(domain.indexOf('.') + 1)
  return certificateNames.some((name) => name === domain || name === `*.${parent}`)
}
