import * as z from 'zod'
import { line, objectFields, pageQuery, versionInput } from './object.ts'

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

export const keysMax = 10

/** Written whole; `id` keeps the stored text. Surrounding space is cut. */
const keyInput = z.union([
  z
    .string()
    .trim()
    .min(1, 'Write a key.')
    .max(16_384)
    .transform((value) => ({ value, label: '' })),
  z.object({
    id: z.string().max(64).optional(),
    label: line(64).default(''),
    /** Write-only. Needed where there is no `id`. */
    value: z.string().trim().min(1, 'Write a key.').max(16_384).optional(),
  }),
])

const apiKeys = z.array(keyInput).max(keysMax, `At most ${keysMax} keys.`)

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'Write an address such as https://api.example.com/v1.' })
  .max(2048)

const keyFailover = z.object({
  failures: z.int().min(1).max(100).default(3),
  retryMs: z.int().min(1000, 'At least 1 s.').max(3_600_000, 'At most 1 h.').default(30_000),
})

const options = z.record(z.string().max(64), z.string().max(16_384)).default({})

const aiFields = z.object({
  /** An id of `GET /api/v1/providers`. */
  provider: z.string().min(1).max(64),
  protocol: z.enum(['openai', 'native']).optional(),
  /** Left out: the provider's own for its options. */
  baseUrl: httpUrl.optional(),
  apiKeys: apiKeys.default([]),
  keyFailover: keyFailover.nullable().default(null),
  models: z.array(line(256).min(1)).max(200).default([]),
  options,
})

const agentFields = z.object({
  /** `model-studio-app`, `dify`, `custom-agent`. */
  provider: z.string().min(1).max(64),
  baseUrl: httpUrl.optional(),
  apiKeys: apiKeys.default([]),
  keyFailover: keyFailover.nullable().default(null),
  options,
})

const tls = z
  .discriminatedUnion('mode', [
    z.object({ mode: z.literal('off') }),
    z.object({
      mode: z.literal('one-way'),
      serverName: line(253).nullable().default(null),
      /** PEM; null: the system's authorities. */
      ca: z.string().max(65_536).nullable().default(null),
    }),
    z.object({
      mode: z.literal('mutual'),
      serverName: line(253).nullable().default(null),
      ca: z.string().max(65_536).nullable().default(null),
      /** One of the workspace's certificates, whose key is shown to the upstream. */
      certificateId: z.string().min(1).max(64),
    }),
  ])
  .default({ mode: 'off' })

const healthCheck = z
  .object({
    path: z
      .string()
      .regex(/^\/[^\s#]*$/, 'Start with /.')
      .max(512)
      .default('/health'),
    intervalMs: z.int().min(1000, 'At least 1 s.').max(600_000, 'At most 10 min.').default(10_000),
    timeoutMs: z.int().min(100, 'At least 100 ms.').max(60_000, 'At most 60 s.').default(3000),
    unhealthyAfter: z.int().min(1).max(20).default(3),
    healthyAfter: z.int().min(1).max(20).default(1),
  })
  .nullable()
  .default(null)

const balancing = z.enum(['round-robin', 'least-requests', 'client-address']).default('round-robin')

const reached = { tls, healthCheck, balancing }

/** `10.0.0.7:8000`, `[fd00::7]:8000`, or with a weight: `{ address, weight }`. */
const fixedAddress = z.union([
  z
    .string()
    .trim()
    .max(300)
    .transform((address) => ({ address, weight: 1 })),
  z.object({ address: z.string().trim().max(300), weight: z.int().min(0).max(1000).default(1) }),
])

/** Each checks its kind of address and says what was meant: lib/domain/host-port.ts. */
const fixedFields = z.object({
  addresses: z.array(fixedAddress).min(1, 'Give at least one address.').max(200),
  ...reached,
})
const dnsFields = z.object({
  addresses: z.array(z.string().trim().max(300)).min(1, 'Give at least one name.').max(50),
  ...reached,
})

const kubernetesFields = z.object({
  sourceId: z.string().min(1).max(64),
  namespace: line(253).min(1),
  service: line(253).min(1),
  /** Its number or its name. */
  port: line(63).min(1),
  ...reached,
})
const nacosFields = z.object({
  sourceId: z.string().min(1).max(64),
  /** Left out: the source's. */
  namespace: line(128).optional(),
  group: line(128).min(1).default('DEFAULT_GROUP'),
  service: line(256).min(1),
  ...reached,
})
const functionFields = z.object({
  function: line(128).min(1),
  /** Version or alias. */
  qualifier: line(128).default('LATEST'),
  /** The HTTP trigger's address. */
  url: httpUrl,
})

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

export const serviceNode = z.object({
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

/** What is tried: a stored service (`/services/{id}/test`), or a draft (`/services/test`) whose left-out secrets are those of `serviceId`. */
export const testServiceInput = z.object({
  /** Null where the service has no models. */
  model: line(256).nullable().default(null),
  prompt: line(2000).default('Say hello.'),
  stream: z.boolean().default(false),
  /** Of addresses: what is asked for by GET; null: a chat. */
  path: z
    .string()
    .regex(/^\/[^\s#]*$/, 'Start with /.')
    .max(2048)
    .nullable()
    .default(null),
  /** Only this key; null: as traffic would. */
  keyId: z.string().max(64).nullable().default(null),
})
export type TestServiceInput = z.infer<typeof testServiceInput>

export const testDraftInput = z.object({
  serviceId: z.string().max(64).nullable().default(null),
  service: createServiceInput,
  test: testServiceInput,
})
export type TestDraftInput = z.infer<typeof testDraftInput>

export const serviceTestResult = z.object({
  ok: z.boolean(),
  /** The provider's or the gateway's; null when nothing answered. */
  status: z.int().nullable(),
  durationMs: z.number(),
  firstTokenMs: z.number().nullable(),
  requestId: z.string(),
  /** Who made the error. */
  errorSource: z.enum(['client', 'gateway', 'upstream']).nullable(),
  /** What is wrong and what to do; null when it works. */
  message: z.string().nullable(),
  modelAsked: z.string().nullable(),
  modelAnswered: z.string().nullable(),
  /** The beginning of what came back. */
  text: z.string(),
  usage: z.object({ input: z.int().nullable(), output: z.int().nullable() }).nullable(),
  /** Where the request went, without credentials. */
  url: z.string().nullable(),
})
export type ServiceTestResult = z.infer<typeof serviceTestResult>

/** Draft or stored, as for tests. */
export const listModelsInput = z.object({
  serviceId: z.string().max(64).nullable().default(null),
  service: createServiceInput,
})
export const listModelsResult = z.object({ models: z.array(z.string()), message: z.string().nullable() })
