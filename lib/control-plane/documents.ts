import * as z from 'zod'

/**
 * The declarative configuration of one object, as revisions keep it. Plain JSON; secrets stay sealed and
 * tokens are left out, because credentials are never brought back.
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
  vpcId: z.string().nullable(),
  balancing: z.union([
    z.object({ strategy: z.literal('round-robin') }),
    z.object({ strategy: z.literal('least-requests') }),
    z.object({
      strategy: z.literal('hash'),
      on: z.union([z.literal('client-address'), z.object({ header: z.string() })]),
    }),
  ]),
  requestTimeoutMs: z.number(),
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

export const gatewayDocument = z.object({
  limits: z.record(z.string(), z.number()),
  trustedProxies: z.array(z.string()),
})
export type GatewayDocument = z.infer<typeof gatewayDocument>

/** What a revision can be about. `service-token` carries no document: it only says that tokens changed. */
export type ObjectKind = 'inference-service' | 'gateway' | 'service-token'

export interface ConfigurationChange {
  readonly kind: ObjectKind
  readonly id: string
  readonly name: string
  /** Null: the gateway itself. */
  readonly workspaceId: string | null
  readonly operation: 'created' | 'updated' | 'deleted'
  readonly before: InferenceServiceDocument | GatewayDocument | null
  readonly after: InferenceServiceDocument | GatewayDocument | null
}
