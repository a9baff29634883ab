import * as z from 'zod'
import { line } from './object.ts'

/**
 * Ways to a service that bypass the gateway's HTTP listeners: direct discovery, NLB and Nacos. All need a VPC, and
 * the rules of the service's security group apply to them.
 */

export const nlbListenerInput = z.object({
  /** Of the installation's range; null: one that is free. */
  port: z.int().min(1).max(65_535).nullable().default(null),
  side: z.enum(['internet', 'vpc']).default('vpc'),
})
/** A listener as it is stored: with its port. */
export interface NlbListener {
  readonly port: number
  readonly side: 'internet' | 'vpc'
}

const nacosServer = z
  .url({ protocol: /^https?$/, error: 'Write a server such as http://nacos.internal:8848.' })
  .max(512)

const nacosFields = {
  /** Servers of one cluster; the first that answers is used. */
  servers: z.array(nacosServer).min(1, 'Name at least one server.').max(8),
  /** Empty: Nacos's own `public`. */
  namespace: line(128).default(''),
  group: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'Letters, digits, . _ : and -.')
    .default('DEFAULT_GROUP'),
  /** Null: the service's own name. */
  serviceName: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'Letters, digits, . _ : and -.')
    .nullable()
    .default(null),
  username: line(128).nullable().default(null),
}

export const nacosRegistrationInput = z.object({
  /** Keeps the stored password over an update. */
  id: z.string().optional(),
  ...nacosFields,
  /** Write-only. Left out in an update: the stored one stays. */
  password: z.string().min(1).max(256).nullable().optional(),
})
export type NacosRegistrationInput = z.infer<typeof nacosRegistrationInput>

/** As the API shows it. */
export const nacosRegistration = z.object({
  id: z.string(),
  servers: z.array(z.string()),
  namespace: z.string(),
  group: z.string(),
  serviceName: z.string().nullable(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
})

/** As it is stored. */
export interface NacosRegistration {
  readonly id: string
  readonly servers: readonly string[]
  readonly namespace: string
  readonly group: string
  readonly serviceName: string | null
  readonly username: string | null
  /** Sealed for the registration's own id. */
  readonly passwordSealed: string | null
}

/** Fields of a service's forms and inputs. */
export const serviceAccessFields = {
  vpcId: z.string().max(64).nullable(),
  vswitchId: z.string().max(64).nullable(),
  securityGroupId: z.string().max(64).nullable(),
  vpcDirect: z.boolean(),
  nlb: z
    .array(nlbListenerInput)
    .max(5, 'At most 5 listeners.')
    .superRefine((listeners, context) => {
      listeners.forEach(({ port }, index) => {
        const first = listeners.findIndex((other) => other.port === port)
        if (port !== null && first !== index)
          context.addIssue({
            code: 'custom',
            path: [index, 'port'],
            message: `Port ${port} is listed twice.`,
          })
      })
    }),
  nacos: z.array(nacosRegistrationInput).max(5, 'At most 5 registrations.'),
}

export interface ServiceAccess {
  readonly vpcId: string | null
  readonly vswitchId: string | null
  readonly securityGroupId: string | null
  readonly vpcDirect: boolean
  readonly nlb: readonly unknown[]
  readonly nacos: readonly unknown[]
}

export interface AccessComplaint {
  readonly path: 'vpcId' | 'vswitchId' | 'securityGroupId'
  readonly code: 'vpc_first' | 'vpc_required' | 'security_group_required'
  readonly message: string
}

/** What ways past the gateway need and the service does not have. The same rules for the form and the API. */
export function accessComplaints(access: ServiceAccess): AccessComplaint[] {
  const { vpcId, vswitchId, securityGroupId } = access
  const complaints: AccessComplaint[] = []
  const ways = [
    ...(access.vpcDirect ? ['VPC direct connection'] : []),
    ...(access.nlb.length > 0 ? ['NLB'] : []),
  ]
  const inVpc = [...ways, ...(access.nacos.length > 0 ? ['Nacos'] : [])]
  if (vpcId === null && inVpc[0] !== undefined) {
    const message = `${inVpc[0]} needs a VPC. Choose one, or switch it off.`
    complaints.push({ path: 'vpcId', code: 'vpc_required', message })
  }
  if (vpcId === null && vswitchId !== null) {
    complaints.push({
      path: 'vswitchId',
      code: 'vpc_first',
      message: 'Choose the VPC of this vSwitch first.',
    })
  }
  if (securityGroupId === null && ways[0] !== undefined) {
    const message = `${ways[0]} needs a security group: without one nobody gets in.`
    complaints.push({ path: 'securityGroupId', code: 'security_group_required', message })
  }
  return complaints
}
