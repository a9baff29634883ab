import * as z from 'zod'
import { gatewaySpec, managedNodesMax } from './gateway-capacity.ts'
import { objectName } from './network.ts'
import { objectFields, versionInput } from './object.ts'
import { requestsPerSecond } from './traffic-policy.ts'

/** The shared gateway's id; the API takes `shared` for it too. */
export const sharedGatewayId = 'gw_shared'

export const gatewayType = z.enum(['shared', 'alb', 'managed'])
export type GatewayType = z.infer<typeof gatewayType>

/** The most nodes that load may make of an ALB gateway. */
export const albNodesMax = 20

const billing = z.enum(['pay-as-you-go', 'subscription'])

/** Part of host names: `gw-<name>` and `gw-<name>-vpc`, which have at most 63 characters. */
export const gatewayName = objectName
  .refine((name) => name.length <= 56, 'At most 56 characters.')
  .refine((name) => !/-(vpc)?$/.test(name), 'Do not end with - or -vpc: addresses of VPC sides end so.')

/** `POST …/gateways`. An ALB gateway is free until a network is enabled; a fully managed one starts at once. */
export const createGatewayInput = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('alb'),
    name: gatewayName,
    /** New deployments of the workspace select it. */
    isDefault: z.boolean().default(false),
    /** Least and most node processes. */
    nodes: z.int().min(1).max(albNodesMax).default(1),
    nodesMax: z.int().min(1).max(albNodesMax).default(4),
  }),
  z.object({
    type: z.literal('managed'),
    name: gatewayName,
    isDefault: z.boolean().default(false),
    spec: gatewaySpec.default('4c8g'),
    nodes: z.int().min(1, 'At least 1 node.').max(managedNodesMax, 'At most 20 nodes.').default(2),
    billing: billing.default('pay-as-you-go'),
    /** With `subscription`. */
    billingMonths: z.int().min(1).max(36).nullable().default(null),
  }),
])
export type CreateGatewayInput = z.infer<typeof createGatewayInput>
export type CreateGatewayForm = z.input<typeof createGatewayInput>

/** Bounds of what an owner may set; defaults are the product's. Milliseconds and bytes. */
export const gatewayLimitsInput = z.object({
  requestBodyBytesMax: z
    .int()
    .min(1024, 'At least 1 KiB.')
    .max(1_073_741_824, 'At most 1 GiB.')
    .default(1_048_576),
  clientIdleMs: z.int().min(1000).max(3_600_000).default(600_000),
  upstreamConnectMs: z.int().min(100).max(60_000).default(5000),
  upstreamIdleMs: z.int().min(1000).max(3_600_000).default(120_000),
  requestMs: z.int().min(1000).max(86_400_000).default(600_000),
  /** Over all services. Null: none. The default depends on the type: see `defaultRateLimits`. */
  requestsPerSecond: requestsPerSecond.nullable().default(null),
  /** For each service without a limit of its own. Null: none. */
  requestsPerSecondPerService: requestsPerSecond.nullable().default(null),
  /** Open client connections of one node. */
  connectionsMax: z.int().min(10).max(1_000_000).default(12_000),
  /** Requests and streams under way in one node. */
  requestsInFlightMax: z.int().min(1).max(1_000_000).default(10_000),
})
export type GatewayLimitsInput = z.infer<typeof gatewayLimitsInput>

/** The shared gateway protects its users from each other; a dedicated one is its owner's alone. */
export const defaultRateLimits = {
  shared: { requestsPerSecond: 10_000, requestsPerSecondPerService: 1000 },
  alb: { requestsPerSecond: null, requestsPerSecondPerService: null },
  managed: { requestsPerSecond: null, requestsPerSecondPerService: null },
} as const

export const proxyProtocolInput = z.object({ internet: z.boolean(), vpc: z.boolean() })

export const updateGatewayInput = z.object({
  limits: z
    .object({
      requestBodyBytesMax: gatewayLimitsInput.shape.requestBodyBytesMax.unwrap().optional(),
      clientIdleMs: gatewayLimitsInput.shape.clientIdleMs.unwrap().optional(),
      upstreamConnectMs: gatewayLimitsInput.shape.upstreamConnectMs.unwrap().optional(),
      upstreamIdleMs: gatewayLimitsInput.shape.upstreamIdleMs.unwrap().optional(),
      requestMs: gatewayLimitsInput.shape.requestMs.unwrap().optional(),
      requestsPerSecond: gatewayLimitsInput.shape.requestsPerSecond.unwrap().optional(),
      requestsPerSecondPerService: gatewayLimitsInput.shape.requestsPerSecondPerService.unwrap().optional(),
      connectionsMax: gatewayLimitsInput.shape.connectionsMax.unwrap().optional(),
      requestsInFlightMax: gatewayLimitsInput.shape.requestsInFlightMax.unwrap().optional(),
    })
    .optional(),
  /** CIDR blocks whose forwarded client address is believed. */
  trustedProxies: z
    .array(z.union([z.cidrv4(), z.cidrv6()], 'Write an address block such as 10.0.0.0/8.'))
    .max(50)
    .optional(),
  /** Listeners whose connections begin with a PROXY protocol v2 header. Needs trusted proxies. */
  proxyProtocol: proxyProtocolInput.optional(),
  /** Fully managed only. */
  spec: gatewaySpec.optional(),
  /** Fully managed: the number; ALB: the least. The shared gateway's is a setting of the host. */
  nodes: z.int().min(1, 'At least 1 node.').max(managedNodesMax, 'At most 20 nodes.').optional(),
  /** ALB only. */
  nodesMax: z.int().min(1).max(albNodesMax).optional(),
  billing: billing.optional(),
  billingMonths: z.int().min(1).max(36).nullable().optional(),
  ...versionInput.shape,
})
export type UpdateGatewayInput = z.infer<typeof updateGatewayInput>

export const gateway = objectFields.extend({
  name: z.string(),
  type: gatewayType,
  isDefault: z.boolean(),
  status: z.object({
    /** `running` needs a live node that runs the newest revision's format. */
    state: z.enum(['creating', 'running', 'degraded', 'updating', 'stopping', 'stopped', 'failed']),
    cause: z.string().nullable(),
    since: z.iso.datetime().nullable(),
  }),
  internet: z.object({
    enabled: z.boolean(),
    /** Null while the side is off. */
    address: z.string().nullable(),
    tlsAddress: z.string().nullable(),
    /** ALB: what it was enabled with. */
    vpcId: z.string().nullable(),
    vswitchIds: z.array(z.string()),
    /** Null: the shared gateway, which has no whitelist. */
    whitelistBlocks: z.int().nullable(),
  }),
  vpc: z.object({
    enabled: z.boolean(),
    address: z.string().nullable(),
    tlsAddress: z.string().nullable(),
    vpcs: z.int(),
  }),
  /** ALB: the VPC of both sides; null while neither is on. Services bound to it must be in it. */
  network: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What CNAME records of its domains point to, by side; null where the installation has no domain name of its own. */
  cname: z.object({ public: z.string().nullable(), private: z.string().nullable() }),
  spec: gatewaySpec.nullable(),
  /** Node processes wanted: the number, or the least. */
  nodes: z.int(),
  nodesMax: z.int(),
  nodesRunning: z.int(),
  billing: billing.nullable(),
  billingMonths: z.int().nullable(),
  domains: z.int(),
  /** A longer operation under way, or the last one that failed; null otherwise. */
  operation: z
    .object({
      kind: z.enum(['create', 'enable-network', 'change-specification', 'delete']),
      steps: z.array(
        z.object({
          /** `check-vpc`, `create-load-balancer`, `attach-vswitches`, `endpoint-ready`; `plan`, `add-nodes`, `drain-old`, `done`. */
          step: z.string(),
          state: z.enum(['done', 'current', 'waiting', 'failed']),
          detail: z.string().nullable(),
        }),
      ),
      since: z.iso.datetime(),
      /** Requests and streams that old nodes still finish. */
      openOnOldNodes: z.int(),
    })
    .nullable(),
  limits: gatewayLimitsInput,
  trustedProxies: z.array(z.string()),
  proxyProtocol: proxyProtocolInput,
  /** Services of the caller's workspace bound to it. */
  services: z.int(),
  requests24h: z.int(),
  /** Newest revision. */
  revision: z.int(),
  /** Whether the caller may change it: the shared gateway belongs to the installation's owners. */
  editable: z.boolean(),
})
export type Gateway = z.infer<typeof gateway>

/** One process of a gateway, as it last reported. */
export const gatewayNode = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  version: z.string(),
  state: z.enum(['running', 'draining', 'lost']),
  listeners: z.array(
    z.object({
      side: z.enum(['internet', 'vpc']),
      protocol: z.enum(['http', 'https', 'tcp']),
      port: z.int(),
    }),
  ),
  /** What it serves now. */
  revision: z.int().nullable(),
  appliedAt: z.iso.datetime().nullable(),
  /** What it would not take, and why. */
  refused: z.object({ revision: z.int(), reason: z.string() }).nullable(),
  openRequests: z.int(),
  connections: z.int(),
  residentBytes: z.number(),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
})
export type GatewayNode = z.infer<typeof gatewayNode>

/** `GET /gateways/{id}/rollout`. */
export const rollout = z.object({
  revision: z.int(),
  publishedAt: z.iso.datetime().nullable(),
  /** Set when the newest rows do not make a valid snapshot; nodes keep the old one. */
  refusedByCheck: z.string().nullable(),
  nodes: z.array(
    z.object({
      nodeId: z.string(),
      state: z.enum(['applied', 'pending', 'refused', 'lost']),
      revision: z.int().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export type Rollout = z.infer<typeof rollout>
