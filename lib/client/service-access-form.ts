import * as z from 'zod'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import {
  accessComplaints,
  type NacosRegistrationInput,
  nacosRegistrationInput,
  serviceAccessFields,
} from '@/lib/domain/service-access.ts'
import { switchedOff, toSwitched } from './switched.ts'

const registration = nacosRegistrationInput.shape

/** One server on each line, or between commas. */
const servers = z
  .string()
  .superRefine((text, context) => {
    const complaint = registration.servers.safeParse(split(text)).error?.issues[0]
    if (complaint) context.addIssue({ code: 'custom', message: complaint.message })
  })
  .transform(split)

function split(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((server) => server.replace(/\/+$/, ''))
    .filter((server) => server !== '')
}

const registrationRow = z
  .object({
    id: z.string().optional(),
    servers,
    namespace: registration.namespace.unwrap(),
    group: registration.group.unwrap(),
    serviceName: z.union([z.literal(''), registration.serviceName.unwrap().unwrap()]),
    username: registration.username.unwrap().unwrap(),
    password: z.string().max(256),
    /** A password is stored. */
    hasPassword: z.boolean(),
    removePassword: z.boolean(),
  })
  .transform(({ id, hasPassword: _, removePassword, password, ...row }): NacosRegistrationInput => {
    const secret = removePassword ? null : password === '' ? undefined : password
    return {
      ...row,
      ...(id === undefined ? {} : { id }),
      serviceName: row.serviceName || null,
      username: row.username || null,
      ...(secret === undefined ? {} : { password: secret }),
    }
  })

/** What stands in the fields when a switch is turned on for the first time. */
const nlbAtFirst = { listeners: [{ port: null as number | null, side: 'vpc' as 'internet' | 'vpc' }] }

export function emptyRegistration(): z.input<typeof registrationRow> {
  return {
    servers: '',
    namespace: '',
    group: 'DEFAULT_GROUP',
    serviceName: '',
    username: '',
    password: '',
    hasPassword: false,
    removePassword: false,
  }
}

/** The fields of a service's form that say where it stands and which ways lead past the gateway. */
export const serviceAccessForm = {
  /** Empty: none. */
  vpcId: z.string(),
  vswitchId: z.string(),
  securityGroupId: z.string(),
  vpcDirect: z.boolean(),
  nlb: z.discriminatedUnion('enabled', [
    switchedOff,
    z.object({ enabled: z.literal(true), listeners: serviceAccessFields.nlb.min(1, 'Add a listener.') }),
  ]),
  nacos: z.discriminatedUnion('enabled', [
    switchedOff,
    z.object({
      enabled: z.literal(true),
      registrations: z
        .array(registrationRow)
        .min(1, 'Add a registration.')
        .max(5, 'At most 5 registrations.'),
    }),
  ]),
}
const accessForm = z.object(serviceAccessForm)
export type ServiceAccessFormInput = z.input<typeof accessForm>

/** The values as checked fields hold them. */
export interface ParsedServiceAccess {
  readonly vpcId: string
  readonly vswitchId: string
  readonly securityGroupId: string
  readonly vpcDirect: boolean
  readonly nlb: { readonly enabled: boolean; readonly listeners?: unknown }
  readonly nacos: { readonly enabled: boolean; readonly registrations?: unknown }
}

type Listeners = z.output<typeof serviceAccessFields.nlb>

/** What the API takes. */
export function accessInputOf(values: ParsedServiceAccess) {
  return {
    vpcId: values.vpcId || null,
    vswitchId: values.vswitchId || null,
    securityGroupId: values.securityGroupId || null,
    vpcDirect: values.vpcDirect,
    nlb: rowsOf<Listeners>(values.nlb.enabled, values.nlb.listeners),
    nacos: rowsOf<NacosRegistrationInput[]>(values.nacos.enabled, values.nacos.registrations),
  }
}

/** Behind a switch that is off nothing was checked, and nothing is sent. */
function rowsOf<Rows extends readonly unknown[]>(enabled: boolean, rows: unknown): Rows {
  return (enabled && Array.isArray(rows) ? rows : []) as unknown as Rows
}

/** What ways past the gateway miss, at its field. */
export function complainOfAccess(values: ParsedServiceAccess, context: z.RefinementCtx): void {
  for (const { path, message } of accessComplaints(accessInputOf(values))) {
    context.addIssue({ code: 'custom', path: [path], message })
  }
}

export function emptyAccessForm(vpcId: string): ServiceAccessFormInput {
  return {
    vpcId,
    vswitchId: '',
    securityGroupId: '',
    vpcDirect: false,
    nlb: toSwitched(null, nlbAtFirst),
    nacos: toSwitched(null, { registrations: [emptyRegistration()] }),
  }
}

export function accessFormOf(service: InferenceService): ServiceAccessFormInput {
  const registrations = service.nacos.map(({ servers: list, ...row }) => ({
    ...row,
    servers: list.join('\n'),
    serviceName: row.serviceName ?? '',
    username: row.username ?? '',
    password: '',
    removePassword: false,
  }))
  return {
    vpcId: service.vpcId ?? '',
    vswitchId: service.vswitchId ?? '',
    securityGroupId: service.securityGroupId ?? '',
    vpcDirect: service.vpcDirect,
    nlb: toSwitched(service.nlb.length === 0 ? null : { listeners: service.nlb }, nlbAtFirst),
    nacos: toSwitched(registrations.length === 0 ? null : { registrations }, {
      registrations: [emptyRegistration()],
    }),
  }
}

/** For a copy: ports of its own, and no secret. */
export function duplicateAccessForm(service: InferenceService): ServiceAccessFormInput {
  const nlb = service.nlb.map(({ side }) => ({ port: null, side }))
  const form = accessFormOf({ ...service, nlb: [] })
  const registrations = registrationsOf(form).map(({ id: _, ...row }) => ({ ...row, hasPassword: false }))
  return {
    ...form,
    nlb: toSwitched(nlb.length === 0 ? null : { listeners: nlb }, nlbAtFirst),
    nacos: { ...form.nacos, registrations } as ServiceAccessFormInput['nacos'],
  }
}

/** For drafts. */
export function withoutPasswords(nacos: ServiceAccessFormInput['nacos']): ServiceAccessFormInput['nacos'] {
  const registrations = registrationsOf({ nacos }).map((row) => ({ ...row, password: '' }))
  return { ...nacos, registrations } as ServiceAccessFormInput['nacos']
}

function registrationsOf({ nacos }: Pick<ServiceAccessFormInput, 'nacos'>) {
  const { registrations } = nacos as { readonly registrations?: unknown }
  return (Array.isArray(registrations) ? registrations : []) as z.input<typeof registrationRow>[]
}

/** Where the form shows a complaint about a field of the API. */
export function serviceFormPath(path: string): string {
  return path
    .replace(/^nlb\.(?=\d)/, 'nlb.listeners.')
    .replace(/^nacos\.(?=\d)/, 'nacos.registrations.')
    .replace(/^(nacos\.registrations\.\d+\.servers)\.\d+$/, '$1')
}
