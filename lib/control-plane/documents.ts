import * as z from 'zod'
import { passiveHealthInput, retriesInput } from '@/lib/domain/traffic-policy.ts'
import type { HistoryDocument, HistoryKind } from './history-documents.ts'
import type { ModelApiDocument } from './model-api-config.ts'
import type { SourceDocument, UpstreamServiceDocument } from './upstream-documents.ts'

/**
 * The declarative configuration of one object, as revisions keep it. Plain JSON; secrets stay sealed and
 * tokens are left out, because credentials are never brought back. A field with a default is younger than the
 * oldest revisions, which do not have it.
 */

export const inferenceServiceDocument = z.object({
  workspaceId: z.string(),
  gatewayId: z.string(),
  name: z.string(),
  description: z.string(),
  runtime: z.string(),
  runtimeConfig: z.record(z.string(), z.unknown()),
  apiType: z.string(),
  apiPath: z.string().nullable(),
  model: z.string().nullable(),
  protocol: z.string(),
  upstreamHttp: z.enum(['1.1', '2']).default('1.1'),
  vpcId: z.string().nullable(),
  vswitchId: z.string().nullable().default(null),
  securityGroupId: z.string().nullable().default(null),
  vpcDirect: z.boolean().default(false),
  nlb: z.array(z.object({ port: z.number(), side: z.enum(['internet', 'vpc']) })).default([]),
  nacos: z
    .array(
      z.object({
        id: z.string(),
        servers: z.array(z.string()),
        namespace: z.string(),
        group: z.string(),
        serviceName: z.string().nullable(),
        username: z.string().nullable(),
        passwordSealed: z.string().nullable(),
      }),
    )
    .default([]),
  balancing: z.union([
    z.object({ strategy: z.literal('round-robin') }),
    z.object({ strategy: z.literal('least-requests') }),
    z.object({
      strategy: z.literal('hash'),
      on: z.union([z.literal('client-address'), z.object({ header: z.string() })]),
    }),
  ]),
  requestTimeoutMs: z.number(),
  requestsPerSecond: z.number().nullable().default(null),
  concurrency: z
    .object({ perInstance: z.number(), queueSize: z.number(), queueTimeoutMs: z.number() })
    .nullable()
    .default(null),
  retries: z.object({ attempts: z.number(), idempotent: z.boolean() }).default(retriesInput.parse({})),
  passiveHealth: z
    .object({
      failures: z.number(),
      window: z.number(),
      windowMs: z.number(),
      ejectMs: z.number(),
      ejectMsMax: z.number(),
      on: z.object({ connect: z.boolean(), timeout: z.boolean(), serverError: z.boolean() }),
      pauseOnRetryAfter: z.boolean(),
    })
    .nullable()
    .default(passiveHealthInput.parse({})),
  slowStartMs: z.number().default(10_000),
  panicThreshold: z.number().default(50),
  healthCheck: z
    .object({
      path: z.string(),
      intervalMs: z.number(),
      timeoutMs: z.number(),
      unhealthyAfter: z.number(),
      healthyAfter: z.number(),
    })
    .nullable(),
  forwardAuthorization: z.boolean(),
  upstreamCredentialSealed: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  running: z.boolean(),
  instances: z.array(z.object({ id: z.string(), url: z.string(), weight: z.number() })),
})
export type InferenceServiceDocument = z.infer<typeof inferenceServiceDocument>

const network = z.object({
  enabled: z.boolean(),
  vpcId: z.string().nullable(),
  vswitchIds: z.array(z.string()),
})
const blocks = z.array(z.object({ cidr: z.string(), note: z.string() }))

/** Fields that are null are not recorded: those of the shared gateway, and of revisions before there were networks. */
export const gatewayDocument = z.object({
  /** What differs from the defaults; null takes a rate limit away. */
  limits: z.record(z.string(), z.number().nullable()),
  trustedProxies: z.array(z.string()),
  proxyProtocol: z
    .object({ internet: z.boolean(), vpc: z.boolean() })
    .default({ internet: false, vpc: false }),
  payment: z.object({ method: z.string(), months: z.number().nullable() }).nullable().default(null),
  size: z
    .object({ spec: z.string().nullable(), nodes: z.number(), nodesMax: z.number() })
    .nullable()
    .default(null),
  internet: network.nullable().default(null),
  internetWhitelist: blocks.nullable().default(null),
  vpcs: z
    .array(
      z.object({
        vpcId: z.string(),
        vswitchIds: z.array(z.string()),
        authoritativeDns: z.boolean(),
        whitelist: blocks,
      }),
    )
    .nullable()
    .default(null),
})
export type GatewayDocument = z.infer<typeof gatewayDocument>

/**
 * What a revision can be about. A restore brings back services of both kinds, sources, Model APIs and gateways; the
 * other documents say what changed for the gateways that use them. `service-token` and `followed-service` carry none:
 * they only say that tokens, or the address or token of an inference service that services follow, changed.
 */
export type ObjectKind =
  | 'inference-service'
  | 'gateway'
  | 'service-token'
  | 'service'
  | 'model-api'
  | 'source'
  | 'followed-service'
  | HistoryKind
export type ConfigurationDocument =
  | InferenceServiceDocument
  | GatewayDocument
  | UpstreamServiceDocument
  | ModelApiDocument
  | SourceDocument
  | HistoryDocument

export interface ConfigurationChange {
  readonly kind: ObjectKind
  readonly id: string
  readonly name: string
  /** Null: the gateway itself. */
  readonly workspaceId: string | null
  readonly operation: 'created' | 'updated' | 'deleted'
  readonly before: ConfigurationDocument | null
  readonly after: ConfigurationDocument | null
}
