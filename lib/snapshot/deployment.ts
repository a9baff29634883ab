import * as z from 'zod'

/**
 * What hosts run, as the console tells them: `GET /api/node/deployments?host=<name>` with the node token, a stream of
 * server-sent events: `plan`, whose data is a whole DeploymentPlan, at once and on each change, and `heartbeat` every
 * 10 s. A host keeps the last plan on disk, so that its gateways come back without a console.
 */

/** A host refuses a plan of any other format and keeps running its old one. */
export const deploymentFormatVersion = 1

/** A side without or with TLS, or the layer 4 listener of a service. */
export const doorName = z.string().regex(/^(internet|internet-tls|vpc|vpc-tls|nlb-\d{1,5})$/)
export type DoorName = 'internet' | 'internet-tls' | 'vpc' | 'vpc-tls' | `nlb-${number}`

export const gatewayDeployment = z.object({
  gatewayId: z.string(),
  name: z.string(),
  type: z.enum(['shared', 'alb', 'managed']),
  /** The shared gateway's four own doors and its number of nodes are the host's settings; here are its others. */
  doors: z.array(z.object({ door: doorName, port: z.number().int().min(1).max(65_535) })),
  /** Node processes. Load decides between the two. */
  nodes: z.object({ min: z.number().int(), max: z.number().int() }),
  /** Of a node process; null: as much as it takes. Changing it replaces the processes, one by one. */
  memoryMb: z.number().int().nullable(),
})
export type GatewayDeployment = z.infer<typeof gatewayDeployment>

/** One name server a host, for all gateways with authoritative DNS. Null: none is needed. */
export const nameServerPlan = z.object({
  port: z.number().int().min(1).max(65_535),
  zones: z.array(
    z.object({
      /** ASCII, lower case, no dot at the end: the gateway's name on the VPC side. Names below it answer the same. */
      name: z.string(),
      gatewayId: z.string(),
      /** IPv4 and IPv6. */
      addresses: z.array(z.string()),
      /** Who is answered: the blocks of the VPC. Others get REFUSED. */
      allow: z.array(z.string()),
    }),
  ),
})
export type NameServerPlan = z.infer<typeof nameServerPlan>

export const deploymentPlan = z.object({
  formatVersion: z.literal(deploymentFormatVersion),
  /** Those that run: an ALB gateway without a network is not here. The shared one is always. */
  gateways: z.array(gatewayDeployment),
  nameServer: nameServerPlan.nullable(),
})
export type DeploymentPlan = z.infer<typeof deploymentPlan>

/**
 * `POST /api/node/deployments` with the node token: what became of the plan, about once a second while something
 * moves, every 5 s otherwise.
 */
export const deploymentReport = z.object({
  host: z.string().max(255),
  gateways: z
    .array(
      z.object({
        gatewayId: z.string().max(64),
        /** `failed`: none serves. `cause`: why it, or a change, does not come through; it is tried again. */
        state: z.enum(['starting', 'running', 'changing', 'stopping', 'failed']),
        cause: z.string().max(500).nullable(),
        /** Doors whose port is held; those that could not be had say why. */
        doors: z.array(
          z.object({ door: doorName, port: z.number().int(), error: z.string().max(500).nullable() }),
        ),
        /** Processes that serve; with the memory and number of the newest plan, and others that finish. */
        nodes: z.object({ wanted: z.number().int(), running: z.number().int(), leaving: z.number().int() }),
        /** Mean share of a core that its nodes use, 0 to 1. */
        utilization: z.number(),
      }),
    )
    .max(1000),
  nameServer: z.object({ port: z.number().int(), error: z.string().max(500).nullable() }).nullable(),
})
export type DeploymentReport = z.infer<typeof deploymentReport>
