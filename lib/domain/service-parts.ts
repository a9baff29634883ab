import * as z from 'zod'
import { bareUrl } from './bare-url.ts'
import { line } from './object.ts'

/** What a service says of its upstream: one part for each source. */

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

export const aiFields = z.object({
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

export const agentFields = z.object({
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
export const fixedFields = z.object({
  addresses: z.array(fixedAddress).min(1, 'Give at least one address.').max(200),
  ...reached,
})
export const dnsFields = z.object({
  addresses: z.array(z.string().trim().max(300)).min(1, 'Give at least one name.').max(50),
  ...reached,
})

export const kubernetesFields = z.object({
  sourceId: z.string().min(1).max(64),
  namespace: line(253).min(1),
  service: line(253).min(1),
  /** Its number or its name. */
  port: line(63).min(1),
  ...reached,
})
export const nacosFields = z.object({
  sourceId: z.string().min(1).max(64),
  /** Left out: the source's. */
  namespace: line(128).optional(),
  group: line(128).min(1).default('DEFAULT_GROUP'),
  service: line(256).min(1),
  ...reached,
})
export const functionFields = z.object({
  function: line(128).min(1),
  /** Version or alias. */
  qualifier: line(128).default('LATEST'),
  /** The HTTP trigger's address. */
  url: bareUrl('Write an address such as https://api.example.com/v1.'),
})
