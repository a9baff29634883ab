import * as z from 'zod'
import { line, objectFields, pageQuery, versionInput } from './object.ts'
import {
  agentFields,
  aiFields,
  dnsFields,
  fixedFields,
  functionFields,
  kubernetesFields,
  nacosFields,
} from './service-parts.ts'

/** Services of the AI gateway: upstreams that a Model API can route to. `/api/v1/…/services`. */
export const serviceSources = [
  'ai',
  'agent',
  'dns',
  'fixed',
  'kubernetes',
  'sae',
  'function-compute',
  'nacos',
] as const
export const serviceSource = z.enum(serviceSources)
export type ServiceSource = z.infer<typeof serviceSource>

export const serviceName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/,
    'Start with a letter or digit; then letters, digits, - _ and ., at most 63 in all.',
  )

const common = {
  name: serviceName,
  gatewayId: z.string().min(1).max(64),
  description: line(500).default(''),
  requestTimeoutMs: z.int().min(1000, 'At least 1 s.').max(3_600_000, 'At most 1 h.').default(60_000),
}

export const createServiceInput = z.discriminatedUnion('source', [
  z.object({ ...common, source: z.literal('ai'), ai: aiFields }),
  z.object({ ...common, source: z.literal('agent'), agent: agentFields }),
  z.object({ ...common, source: z.literal('dns'), dns: dnsFields }),
  z.object({ ...common, source: z.literal('fixed'), fixed: fixedFields }),
  z.object({ ...common, source: z.literal('kubernetes'), kubernetes: kubernetesFields }),
  z.object({ ...common, source: z.literal('sae'), sae: kubernetesFields }),
  z.object({ ...common, source: z.literal('function-compute'), functionCompute: functionFields }),
  z.object({ ...common, source: z.literal('nacos'), nacos: nacosFields }),
])
export type CreateServiceInput = z.infer<typeof createServiceInput>
export type CreateServiceForm = z.input<typeof createServiceInput>

/** Name, gateway and source stay; the part of its source is written whole. */
export const updateServiceInput = z.object({
  description: common.description.unwrap().optional(),
  requestTimeoutMs: common.requestTimeoutMs.unwrap().optional(),
  ai: aiFields.optional(),
  agent: agentFields.optional(),
  dns: dnsFields.optional(),
  fixed: fixedFields.optional(),
  kubernetes: kubernetesFields.optional(),
  sae: kubernetesFields.optional(),
  functionCompute: functionFields.optional(),
  nacos: nacosFields.optional(),
  ...versionInput.shape,
})
export type UpdateServiceInput = z.infer<typeof updateServiceInput>

/** Which part of an input belongs to which source. */
export const servicePartOf = {
  ai: 'ai',
  agent: 'agent',
  dns: 'dns',
  fixed: 'fixed',
  kubernetes: 'kubernetes',
  sae: 'sae',
  'function-compute': 'functionCompute',
  nacos: 'nacos',
} as const satisfies Record<ServiceSource, keyof UpdateServiceInput>
export type ServiceParts = Pick<UpdateServiceInput, (typeof servicePartOf)[ServiceSource]>

/** A key as it is shown. */
export const serviceKey = z.object({
  id: z.string(),
  label: z.string(),
  /** The last four characters. */
  hint: z.string(),
  createdAt: z.iso.datetime(),
  /** As nodes alive see it; the worst wins. */
  state: z.enum(['unknown', 'ready', 'failing', 'paused']),
  reason: z.string().nullable(),
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
})

const serviceNode = z.object({
  id: z.string(),
  url: z.string(),
  weight: z.number(),
  state: z.enum(['unknown', 'ready', 'unready', 'ejected', 'probing', 'paused']),
  reason: z.string().nullable(),
  since: z.iso.datetime().nullable(),
  checkedAt: z.iso.datetime().nullable(),
})

export type ServiceKey = z.infer<typeof serviceKey>
export type ServiceNode = z.infer<typeof serviceNode>

export const upstreamService = objectFields.extend({
  name: z.string(),
  description: z.string(),
  gateway: z.object({ id: z.string(), name: z.string(), type: z.enum(['shared', 'alb', 'managed']) }),
  source: serviceSource,
  requestTimeoutMs: z.int(),
  /** The part of its source as it was written, with defaults filled in and without secrets. */
  config: z.record(z.string(), z.unknown()),
  /** Of `ai` and `agent`. */
  provider: z
    .object({ id: z.string(), name: z.object({ en: z.string(), 'zh-CN': z.string() }), monogram: z.string() })
    .nullable(),
  /** Where it is, in one line: a base URL, `3 addresses`, `default/chat:8000`. */
  address: z.string(),
  /** Wire formats that it answers without conversion; empty: whatever its callers speak. */
  formats: z.array(z.string()),
  models: z.array(z.string()),
  keys: z.array(serviceKey),
  nodes: z.array(serviceNode),
  health: z.object({
    /** `degraded`: some nodes or keys fail. `unknown`: no traffic and no check yet. `empty`: nothing was found. */
    state: z.enum(['unknown', 'healthy', 'degraded', 'failing', 'empty', 'stale']),
    reason: z.string().nullable(),
    checkedAt: z.iso.datetime().nullable(),
  }),
  /** What works, but is hardly meant: `path` is that of the field, as in a refusal. */
  warnings: z.array(
    z.object({
      path: z.string(),
      code: z.string(),
      message: z.object({ en: z.string(), 'zh-CN': z.string() }),
    }),
  ),
  /** Model APIs that route to it. */
  usedBy: z.array(z.object({ kind: z.literal('model-api'), id: z.string(), name: z.string() })),
})
export type UpstreamService = z.infer<typeof upstreamService>

export const serviceQuery = pageQuery.extend({
  q: line(200).optional(),
  gatewayId: z.string().max(64).optional(),
  source: serviceSource.optional(),
})
export type UpstreamWarning = UpstreamService['warnings'][number]
export type ServiceQuery = z.infer<typeof serviceQuery>
