import * as z from 'zod'
import { containsCidr, overlaps, readCidr, toNetwork } from './cidr.ts'
import { objectFields, pageQuery, versionInput } from './object.ts'

/** Names of networks, gateways and certificates. */
export const objectName = z
  .string()
  .trim()
  .regex(
    /^[a-z][a-z0-9-]{1,62}$/,
    'Start with a lower-case letter; then lower-case letters, digits and -, 2 to 63 in all.',
  )

/** A block written exactly: host bits set are refused with the block that was meant. */
export const cidrBlock = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const reading = readCidr(text)
    if (!reading.ok) {
      context.addIssue({ code: 'custom', message: 'Write an address block such as 10.0.0.0/8.' })
    } else if (reading.fixedFrom !== null) {
      const what = reading.fixedFrom === 'address' ? 'This is one address' : 'This has host bits set'
      context.addIssue({
        code: 'custom',
        message: `${what}; write ${reading.cidr.text}.`,
        params: { code: `cidr_${reading.fixedFrom.replace('-', '_')}`, suggestion: reading.cidr.text },
      })
    }
  })
  .transform((text) => {
    const reading = readCidr(text)
    return reading.ok ? reading.cidr.text : text
  })

const vpcBlocks = z
  .array(cidrBlock)
  .min(1, 'Give at least one block.')
  .max(16, 'At most 16 blocks.')
  .superRefine((blocks, context) => {
    const networks = blocks.map(readCidr)
    networks.forEach((network, index) => {
      const before = networks.findIndex(
        (other, position) => position < index && network.ok && other.ok && overlaps(network.cidr, other.cidr),
      )
      if (before === -1) return
      context.addIssue({
        code: 'custom',
        path: [index],
        message: `This overlaps ${blocks[before]}. Blocks of a VPC must not overlap.`,
      })
    })
  })

export const createVpcInput = z.object({ name: objectName, cidrs: vpcBlocks })
export type CreateVpcInput = z.infer<typeof createVpcInput>

export const updateVpcInput = z.object({
  name: objectName.optional(),
  cidrs: vpcBlocks.optional(),
  ...versionInput.shape,
})
export type UpdateVpcInput = z.infer<typeof updateVpcInput>

/** Who would lose something if the object went: shown before, and listed when a delete is refused. */
export const networkUser = z.object({
  kind: z.enum(['gateway', 'inference-service', 'domain', 'vswitch']),
  id: z.string(),
  name: z.string(),
})
export type NetworkUser = z.infer<typeof networkUser>

/** `GET …/vpcs`. */
export const vpc = objectFields.extend({
  name: z.string(),
  cidrs: z.array(z.string()),
  vswitches: z.int(),
  usedBy: z.array(networkUser),
})
export type Vpc = z.infer<typeof vpc>

export const createVSwitchInput = z.object({
  vpcId: z.string(),
  name: objectName,
  zone: z.string().trim().min(1).max(32),
  cidr: cidrBlock,
})
export type CreateVSwitchInput = z.infer<typeof createVSwitchInput>

/** Zone and block stay: addresses may be in use. */
export const updateVSwitchInput = z.object({ name: objectName.optional(), ...versionInput.shape })
export type UpdateVSwitchInput = z.infer<typeof updateVSwitchInput>

/** `GET …/vswitches?vpcId=`. */
export const vswitch = objectFields.extend({
  vpcId: z.string(),
  vpcName: z.string(),
  name: z.string(),
  zone: z.string(),
  /** Gateways can stand there. */
  zoneSupported: z.boolean(),
  cidr: z.string(),
  usedBy: z.array(networkUser),
})
export type VSwitch = z.infer<typeof vswitch>

export const vswitchQuery = pageQuery.extend({ vpcId: z.string().max(64).optional() })

/** Why a vSwitch's block cannot be in this VPC beside these; null when it can. */
export function vswitchComplaint(
  cidr: string,
  vpcCidrs: readonly string[],
  siblings: readonly { readonly name: string; readonly cidr: string }[],
): string | null {
  const block = toNetwork(cidr)
  if (!vpcCidrs.some((outer) => containsCidr(toNetwork(outer), block))) {
    return `${cidr} is not inside the VPC: ${vpcCidrs.join(', ')}.`
  }
  const sibling = siblings.find((other) => overlaps(toNetwork(other.cidr), block))
  return sibling === undefined ? null : `${cidr} overlaps vSwitch ${sibling.name} (${sibling.cidr}).`
}

export const securityRuleInput = z
  .object({
    direction: z.enum(['inbound', 'outbound']),
    protocol: z.enum(['tcp', 'any']),
    /** Inclusive. */
    portFrom: z.int().min(1).max(65_535).default(1),
    portTo: z.int().min(1).max(65_535).default(65_535),
    /** Inbound: where callers are. Outbound: where calls go. */
    cidr: cidrBlock,
    action: z.enum(['allow', 'deny']),
  })
  .refine(({ portFrom, portTo }) => portFrom <= portTo, {
    path: ['portTo'],
    message: 'The last port must not be below the first.',
  })
export type SecurityRule = z.infer<typeof securityRuleInput>

/** The first rule that fits decides; without one, inbound is denied and outbound is allowed. */
export const createSecurityGroupInput = z.object({
  name: objectName,
  rules: z.array(securityRuleInput).max(100, 'At most 100 rules.').default([]),
})
export type CreateSecurityGroupInput = z.infer<typeof createSecurityGroupInput>

export const updateSecurityGroupInput = z.object({
  name: objectName.optional(),
  rules: z.array(securityRuleInput).max(100, 'At most 100 rules.').optional(),
  ...versionInput.shape,
})
export type UpdateSecurityGroupInput = z.infer<typeof updateSecurityGroupInput>

/** `GET …/security-groups`. */
export const securityGroup = objectFields.extend({
  name: z.string(),
  rules: z.array(
    z.object({
      direction: z.enum(['inbound', 'outbound']),
      protocol: z.enum(['tcp', 'any']),
      portFrom: z.int(),
      portTo: z.int(),
      cidr: z.string(),
      action: z.enum(['allow', 'deny']),
    }),
  ),
  usedBy: z.array(networkUser),
})
export type SecurityGroup = z.infer<typeof securityGroup>

/** The seed's own text. */
export function unsupportedZoneMessage(
  vswitchId: string,
  zone: string,
  supported: readonly string[],
): string {
  return `vSwitch ${vswitchId} in zone ${zone} is not supported, supported zones: [${supported.join(' ')}]`
}
