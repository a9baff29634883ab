import * as z from 'zod'
import { objectFields, versionInput } from './object.ts'

/** `PUT …/gateways/{id}/internet`. An ALB gateway needs `vpcId` and `vswitchIds` when it is switched on. */
export const internetInput = z.object({
  enabled: z.boolean(),
  vpcId: z.string().max(64).nullable().default(null),
  vswitchIds: z.array(z.string().max(64)).max(20).default([]),
})
export type InternetInput = z.infer<typeof internetInput>

/** `POST …/gateways/{id}/vpcs`. */
export const addVpcInput = z.object({
  vpcId: z.string().min(1).max(64),
  /** At least one, one per zone. */
  vswitchIds: z.array(z.string().max(64)).min(1, 'Choose at least one vSwitch.').max(20),
  /** Fully managed: the name server answers for the gateway's names in this VPC; one VPC at most. */
  authoritativeDns: z.boolean().default(false),
  /** Null: everything inside the VPC. */
  whitelist: z.array(z.string().max(64)).max(200, 'At most 200 address blocks.').nullable().default(null),
})
export type AddVpcInput = z.infer<typeof addVpcInput>

/** `PATCH …/gateways/{id}/vpcs/{link}`. */
export const updateVpcLinkInput = z.object({
  vswitchIds: addVpcInput.shape.vswitchIds.optional(),
  authoritativeDns: z.boolean().optional(),
  ...versionInput.shape,
})
export type UpdateVpcLinkInput = z.infer<typeof updateVpcLinkInput>

/** One VPC of a gateway's VPC side. */
export const gatewayVpcLink = objectFields.extend({
  vpc: z.object({
    id: z.string(),
    name: z.string(),
    cidrs: z.array(z.string()),
    /** Null: this workspace's own. */
    workspace: z.string().nullable(),
  }),
  vswitches: z.array(z.object({ id: z.string(), name: z.string(), zone: z.string(), cidr: z.string() })),
  authoritativeDns: z.boolean(),
  /** Where the name server answers, `127.0.0.1:8053`; null without authoritative DNS. */
  nameServer: z.string().nullable(),
  whitelistBlocks: z.int(),
  /** `pending` and `declined`: the other workspace has not agreed, and nobody of that VPC gets in. */
  consent: z.enum(['granted', 'pending', 'declined']),
  endpoint: z.string().nullable(),
})
export type GatewayVpcLink = z.infer<typeof gatewayVpcLink>

/** `GET …/vpc-consents`: gateways of other workspaces that ask for a VPC of this one; `PUT …/{id} {consent}`. */
export const vpcConsent = z.object({
  id: z.string(),
  version: z.int(),
  vpc: z.object({ id: z.string(), name: z.string() }),
  gateway: z.object({ name: z.string(), workspace: z.string() }),
  consent: gatewayVpcLink.shape.consent,
  createdAt: z.iso.datetime(),
})
export type VpcConsent = z.infer<typeof vpcConsent>
export const vpcConsentInput = z.object({
  consent: z.enum(['granted', 'declined']),
  ...versionInput.shape,
})

/** `POST …/gateways/{id}/check-connectivity`: the console itself tries, now. */
export const connectivityInput = z.object({
  side: z.enum(['internet', 'vpc']),
  /** A domain of the gateway; null: its own endpoint. */
  domainId: z.string().max(64).nullable().default(null),
})
export const connectivity = z.object({
  /** `http://localhost:8100/` */
  url: z.string(),
  /** From where it was tried, as the gateway saw it; null if it was not reached. */
  from: z.string().nullable(),
  steps: z.array(
    z.object({
      step: z.enum(['resolve', 'connect', 'tls', 'http']),
      ok: z.boolean(),
      /** `127.0.0.1`, `Connection refused`, `Certificate expired`, `Answered 404 by the gateway`. */
      detail: z.string(),
      ms: z.number(),
    }),
  ),
  /** `reached`: the gateway answered. `refused`: it answered 403, so the whitelist works and the console is not on it. */
  outcome: z.enum(['reached', 'refused', 'unreachable']),
})
export type Connectivity = z.infer<typeof connectivity>
