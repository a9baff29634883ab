import * as z from 'zod'
import { apiType } from './api-type.ts'
import { instanceUrl } from './instance-url.ts'
import { line, objectFields, pageQuery, versionInput } from './object.ts'
import { nacosRegistration, serviceAccessFields } from './service-access.ts'
import { concurrencyInput, passiveHealthInput, requestsPerSecond, retriesInput } from './traffic-policy.ts'

export const inferenceServiceName = z
  .string()
  .trim()
  .regex(
    /^[a-z][a-z0-9_]{2,62}$/,
    'Start with a lower-case letter; then lower-case letters, digits and _, 3 to 63 in all.',
  )

export const balancingStrategy = z.enum(['round-robin', 'least-requests', 'hash'])
export type BalancingStrategy = z.infer<typeof balancingStrategy>

/** RFC 9110 token. */
export const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, 'This is not a header name.')

export const path = z
  .string()
  .trim()
  .max(1024)
  .regex(/^\/[^\s?#]*$/, 'Start with / and leave out spaces, ? and #.')

export const healthCheckInput = z
  .object({
    path: path.default('/health'),
    intervalMs: z.int().min(1000, 'At least 1 s.').max(300_000, 'At most 5 min.').default(10_000),
    timeoutMs: z.int().min(100, 'At least 100 ms.').max(60_000, 'At most 60 s.').default(3000),
    unhealthyAfter: z.int().min(1).max(20).default(3),
    healthyAfter: z.int().min(1).max(20).default(1),
  })
  .refine((check) => check.timeoutMs < check.intervalMs, {
    path: ['timeoutMs'],
    message: 'Make the timeout shorter than the interval.',
  })

export const instanceInput = z.object({
  /** Keeps its identity and health over an update. Left out: matched by address, else new. */
  id: z.string().optional(),
  url: instanceUrl,
  /** 0 takes no new requests. */
  weight: z.int().min(0).max(1000).default(1),
})
export type InstanceInput = z.infer<typeof instanceInput>

const labels = z.record(
  z.string().regex(/^[A-Za-z0-9._/-]{1,63}$/, 'Letters, digits, . _ / and -, at most 63.'),
  line(128),
)

const writableFields = z.object({
  description: line(200).default(''),
  apiType: apiType.default('openai-chat'),
  /** Null: what the API type says. */
  apiPath: path.nullable().default(null),
  /** The served model's name, used in snippets. */
  model: line(128).nullable().default(null),
  balancing: balancingStrategy.default('round-robin'),
  /** With `hash`: the header whose value chooses the instance; null hashes the client's address. */
  hashHeader: headerName.nullable().default(null),
  /** `grpc`: gRPC calls are taken too. */
  protocol: z.enum(['http', 'grpc']).default('http'),
  /** The HTTP version to the instances; gRPC calls always use 2. */
  upstreamHttp: z.enum(['1.1', '2']).default('1.1'),
  requestTimeoutMs: z.int().min(1000, 'At least 1 s.').max(3_600_000, 'At most 1 h.').default(60_000),
  /** Null: what the gateway gives each service. */
  requestsPerSecond: requestsPerSecond.nullable().default(null),
  /** Null: as many at a time as come. */
  concurrency: concurrencyInput.nullable().default(null),
  retries: retriesInput.prefault({}),
  /** Null: traffic teaches nothing about instances. */
  passiveHealth: passiveHealthInput.nullable().prefault({}),
  /** A fresh instance's share grows over this time; 0 gives it the whole at once. */
  slowStartMs: z.int().min(0).max(3_600_000, 'At most 1 h.').default(10_000),
  /** Percent; when fewer instances are fit, ejections are disregarded. */
  panicThreshold: z.int().min(0).max(100).default(50),
  /** Null switches active checks off. */
  healthCheck: healthCheckInput
    .nullable()
    .default({ path: '/health', intervalMs: 10_000, timeoutMs: 3000, unhealthyAfter: 3, healthyAfter: 1 }),
  /** True: the caller's token reaches the instance too. */
  forwardAuthorization: z.boolean().default(false),
  labels: labels.refine((map) => Object.keys(map).length <= 20, 'At most 20 labels.').default({}),
  vpcId: serviceAccessFields.vpcId.default(null),
  vswitchId: serviceAccessFields.vswitchId.default(null),
  securityGroupId: serviceAccessFields.securityGroupId.default(null),
  /** Instances are listed on the gateway's VPC side to callers that the security group lets in. */
  vpcDirect: serviceAccessFields.vpcDirect.default(false),
  /** TCP listeners that pass connections on to ready instances. */
  nlb: serviceAccessFields.nlb.default([]),
  /** Nacos clusters in which ready instances are registered. */
  nacos: serviceAccessFields.nacos.default([]),
  /** None: the service answers 503; on a dedicated gateway at least one must take requests. */
  instances: z
    .array(instanceInput)
    .max(100, 'At most 100 instances.')
    .superRefine((instances, context) => {
      const seen = new Map<string, number>()
      for (const [index, { url }] of instances.entries()) {
        const first = seen.get(url)
        if (first === undefined) seen.set(url, index)
        else
          context.addIssue({
            code: 'custom',
            path: [index, 'url'],
            message: `This repeats instance ${first + 1}. Raise its weight instead.`,
          })
      }
    }),
})

export const createInferenceServiceInput = writableFields.extend({
  name: inferenceServiceName.refine(
    (name) => name !== 'move',
    'This word is part of an address of the API. Choose another name.',
  ),
  /** Servers that already run, by address. */
  runtime: z.literal('endpoint').default('endpoint'),
  /** Id or name of a gateway. */
  gatewayId: z.string().min(1).max(64).default('shared'),
  /** Sent to instances as `Authorization`. Write-only. */
  upstreamCredential: z.string().trim().min(1).max(4096).nullable().default(null),
})
export type CreateInferenceServiceInput = z.infer<typeof createInferenceServiceInput>
/** What a form or an API client may leave out. */
export type CreateInferenceServiceForm = z.input<typeof createInferenceServiceInput>

/** Fields left out stay as they are; `upstreamCredential: null` removes it. The name is part of the endpoint and stays. */
export const updateInferenceServiceInput = z.object({
  ...z.object(removeDefaults(writableFields.shape)).partial().shape,
  gatewayId: z.string().min(1).max(64).optional(),
  upstreamCredential: z.string().trim().min(1).max(4096).nullable().optional(),
  ...versionInput.shape,
})
export type UpdateInferenceServiceInput = z.infer<typeof updateInferenceServiceInput>

type WithoutDefault<S> = S extends z.ZodDefault<infer T> ? T : S extends z.ZodPrefault<infer T> ? T : S
type WithoutDefaults<S> = { [K in keyof S]: WithoutDefault<S[K]> }

/** A default would turn "left out" into "reset", so updates lose them. */
function removeDefaults<S extends Record<string, z.ZodType>>(shape: S): WithoutDefaults<S> {
  const entries = Object.entries(shape).map(([key, schema]) => [
    key,
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema,
  ])
  return Object.fromEntries(entries) as WithoutDefaults<S>
}

export const serviceStatus = z.enum([
  'creating',
  'running',
  'degraded',
  'updating',
  'stopping',
  'stopped',
  'failed',
])
export type ServiceStatus = z.infer<typeof serviceStatus>

/**
 * `unready`: active checks fail. `ejected`: failures in traffic took it out for a while. `probing`: one request
 * decides. `paused`: it asked for a rest.
 */
export const instanceHealthState = z.enum(['unknown', 'ready', 'unready', 'ejected', 'probing', 'paused'])
export type InstanceHealthState = z.infer<typeof instanceHealthState>

export const instance = z.object({
  id: z.string(),
  url: z.string(),
  weight: z.int(),
  health: z.object({
    /** `unknown` until the first check, or when checks are off. The worst that any node sees. */
    state: instanceHealthState,
    reason: z.string().nullable(),
    since: z.iso.datetime().nullable(),
    /** When an ejection or a pause ends. */
    until: z.iso.datetime().nullable(),
    checkedAt: z.iso.datetime().nullable(),
  }),
})
export type Instance = z.infer<typeof instance>

/** Sums over the last 24 hours. */
export const traffic = z.object({
  requests: z.int(),
  /** Share of answers below 500, 0 to 1; null without requests. */
  successRate: z.number().nullable(),
  averageMs: z.number().nullable(),
  /** Refused by a rate limit or a full queue. */
  rateLimited: z.int(),
})

export const inferenceService = objectFields.extend({
  name: inferenceServiceName,
  description: z.string(),
  runtime: z.enum(['endpoint', 'process', 'kubernetes']),
  gateway: z.object({ id: z.string(), name: z.string(), type: z.enum(['shared', 'alb', 'managed']) }),
  vpcId: z.string().nullable(),
  vswitchId: z.string().nullable(),
  securityGroupId: z.string().nullable(),
  vpcDirect: z.boolean(),
  nlb: z.array(z.object({ port: z.int(), side: z.enum(['internet', 'vpc']) })),
  nacos: z.array(nacosRegistration),
  apiType,
  apiPath: z.string().nullable(),
  model: z.string().nullable(),
  protocol: z.enum(['http', 'grpc']),
  upstreamHttp: z.enum(['1.1', '2']),
  balancing: balancingStrategy,
  hashHeader: z.string().nullable(),
  requestTimeoutMs: z.int(),
  requestsPerSecond: z.int().nullable(),
  concurrency: concurrencyInput.nullable(),
  retries: retriesInput,
  passiveHealth: passiveHealthInput.nullable(),
  slowStartMs: z.int(),
  panicThreshold: z.int(),
  healthCheck: healthCheckInput.nullable(),
  forwardAuthorization: z.boolean(),
  hasUpstreamCredential: z.boolean(),
  labels: z.record(z.string(), z.string()),
  /** The user's wish; `status` says what is. */
  running: z.boolean(),
  status: z.object({
    state: serviceStatus,
    /** Why, in one line: `Connection refused by http://10.0.0.5:8000`. */
    cause: z.string().nullable(),
    /** Where a longer operation stands: `Publishing to nodes`. */
    step: z.string().nullable(),
    since: z.iso.datetime(),
  }),
  instances: z.array(instance),
  traffic24h: traffic,
  createdBy: z.string(),
})
export type InferenceService = z.infer<typeof inferenceService>

/** `GET /inference-services/{id}/health-events`, newest first. */
export const instanceHealthEvent = z.object({
  id: z.string(),
  instanceId: z.string(),
  /** The instance's address when it happened. */
  url: z.string(),
  nodeId: z.string(),
  at: z.iso.datetime(),
  state: instanceHealthState,
  reason: z.string().nullable(),
})
export type InstanceHealthEvent = z.infer<typeof instanceHealthEvent>

export const inferenceServiceQuery = pageQuery.extend({
  /** In name, model, address. */
  q: z.string().max(100).optional(),
  status: z.string().max(200).optional(),
  gatewayId: z.string().max(64).optional(),
  apiType: z.string().max(200).optional(),
  sort: z.enum(['name', '-name', 'updatedAt', '-updatedAt', 'createdAt', '-createdAt']).default('-updatedAt'),
})
export type InferenceServiceQuery = z.infer<typeof inferenceServiceQuery>
