import * as z from 'zod'
import { objectFields, versionInput } from './object.ts'

/** An FQDN or `*.` and one, in Unicode or ASCII. Answers the ASCII form, lower case, or null. */
export function asciiDomain(written: string): string | null {
  const text = written.trim().replace(/\.$/, '')
  const isWildcard = text.startsWith('*.')
  const base = isWildcard ? text.slice(2) : text
  // What a URL parser would take for something else than a host name.
  if (base === '' || /[\s/?#@:\\[\]%*]/.test(base)) return null
  let host: string
  try {
    host = new URL(`http://${base}/`).hostname
  } catch {
    return null
  }
  const labels = host.split('.')
  const isName =
    labels.length >= 2 &&
    host.length <= 253 &&
    labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  if (!isName) return null
  return isWildcard ? `*.${host}` : host
}

const domainText = z
  .string()
  .trim()
  .max(512)
  .refine(
    (text) => asciiDomain(text) !== null,
    'Write a full name such as api.example.com, or *.example.com.',
  )

export const domainSide = z.enum(['public', 'private'])

export const createDomainInput = z.object({
  gatewayId: z.string().min(1).max(64),
  name: domainText,
  /** `public`: the Internet side. `private`: the VPC side. */
  side: domainSide.default('public'),
  protocol: z.enum(['http', 'https']).default('https'),
  /** With `https`: this certificate, or `automaticCertificate`. */
  certificateId: z.string().max(64).nullable().default(null),
  /** Ordered and renewed by ACME over HTTP-01; public names without wildcard only. */
  automaticCertificate: z.boolean().default(false),
  /** Plain requests are redirected. */
  forceHttps: z.boolean().default(false),
  /** Private: the VPC that the name is for. */
  vpcId: z.string().max(64).nullable().default(null),
})
export type CreateDomainInput = z.infer<typeof createDomainInput>
export type CreateDomainForm = z.input<typeof createDomainInput>

/** Name, gateway and side stay. */
export const updateDomainInput = z.object({
  protocol: z.enum(['http', 'https']).optional(),
  certificateId: z.string().max(64).nullable().optional(),
  automaticCertificate: z.boolean().optional(),
  forceHttps: z.boolean().optional(),
  ...versionInput.shape,
})
export type UpdateDomainInput = z.infer<typeof updateDomainInput>

export const domain = objectFields.extend({
  /** ASCII. */
  name: z.string(),
  unicodeName: z.string(),
  gateway: z.object({ id: z.string(), name: z.string(), type: z.enum(['shared', 'alb', 'managed']) }),
  side: domainSide,
  protocol: z.enum(['http', 'https']),
  forceHttps: z.boolean(),
  vpcId: z.string().nullable(),
  certificate: z
    .object({ id: z.string(), name: z.string(), notAfter: z.iso.datetime(), daysLeft: z.int() })
    .nullable(),
  automaticCertificate: z.boolean(),
  /** Why the last automatic order failed. */
  certificateError: z.string().nullable(),
  /** The record to make; null where the installation has no domain name of its own. */
  cname: z.string().nullable(),
  dns: z.object({
    /** `resolves`: it leads here. `missing`: no record. `elsewhere`: `found` says where. `unknown`: not checked. */
    state: z.enum(['resolves', 'missing', 'elsewhere', 'unknown']),
    found: z.string().nullable(),
    checkedAt: z.iso.datetime().nullable(),
  }),
  /** `live`: every live node serves it. */
  effect: z.enum(['live', 'publishing', 'waiting-for-certificate', 'gateway-off']),
  /** `https://api.example.com` */
  address: z.string(),
  services: z.int(),
  editable: z.boolean(),
})
export type Domain = z.infer<typeof domain>
