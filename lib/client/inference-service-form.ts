import * as z from 'zod'
import {
  type CreateInferenceServiceInput,
  createInferenceServiceInput,
  headerName,
  healthCheckInput,
  type InferenceService,
  path,
} from '@/lib/domain/inference-service.ts'
import { line } from '@/lib/domain/object.ts'
import {
  concurrencyInput,
  passiveHealthInput,
  requestsPerSecond,
  retriesInput,
} from '@/lib/domain/traffic-policy.ts'
import {
  accessFormOf,
  accessInputOf,
  complainOfAccess,
  duplicateAccessForm,
  emptyAccessForm,
  type ParsedServiceAccess,
  serviceAccessForm,
  withoutPasswords,
} from './service-access-form.ts'
import { fromSwitched, switchedOff, toSwitched } from './switched.ts'

/** What stands in the fields when a switch is turned on for the first time. */
const atFirst = {
  rate: { value: 100 },
  concurrency: concurrencyInput.parse({ perInstance: 16 }),
  healthCheck: healthCheckInput.parse({}),
  passiveHealth: passiveHealthInput.parse({}),
}

/** Empty text in a form is "nothing", which the API writes as null. */
function emptyOr<T extends z.ZodType>(schema: T) {
  return z.union([z.literal(''), schema])
}

const labelRow = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._/-]{1,63}$/, 'Letters, digits, . _ / and -, at most 63.'),
  value: line(128),
})

const fields = createInferenceServiceInput.shape

/** The API's own rules, in the shape that inputs can hold. Its output is what the API takes. */
export const inferenceServiceForm = z
  .object({
    name: fields.name,
    description: line(200),
    gatewayId: z.string().min(1, 'Choose a gateway.').max(64),
    ...serviceAccessForm,
    apiType: fields.apiType.unwrap(),
    apiPath: emptyOr(path),
    model: line(128),
    balancing: fields.balancing.unwrap(),
    hashHeader: emptyOr(headerName),
    protocol: fields.protocol.unwrap(),
    upstreamHttp: fields.upstreamHttp.unwrap(),
    requestTimeoutMs: fields.requestTimeoutMs.unwrap(),
    requestsPerSecond: z.discriminatedUnion('enabled', [
      switchedOff,
      z.object({ enabled: z.literal(true), value: requestsPerSecond }),
    ]),
    concurrency: z.discriminatedUnion('enabled', [
      switchedOff,
      concurrencyInput.extend({ enabled: z.literal(true) }),
    ]),
    healthCheck: z.discriminatedUnion('enabled', [
      switchedOff,
      healthCheckInput.safeExtend({ enabled: z.literal(true) }),
    ]),
    passiveHealth: z.discriminatedUnion('enabled', [
      switchedOff,
      passiveHealthInput.safeExtend({ enabled: z.literal(true) }),
    ]),
    retries: retriesInput,
    slowStartMs: fields.slowStartMs.unwrap(),
    panicThreshold: fields.panicThreshold.unwrap(),
    forwardAuthorization: z.boolean(),
    upstreamCredential: z.string().trim().max(4096),
    /** Only with a saved one. */
    removeCredential: z.boolean(),
    labels: z
      .array(labelRow)
      .max(20, 'At most 20 labels.')
      .superRefine((rows, context) => {
        for (const [index, { name }] of rows.entries()) {
          if (rows.findIndex((row) => row.name === name) === index) continue
          context.addIssue({ code: 'custom', path: [index, 'name'], message: 'This name is used twice.' })
        }
      }),
    instances: fields.instances,
  })
  .superRefine(complainOfAccess)
  .transform(toInput)

export type InferenceServiceFormInput = z.input<typeof inferenceServiceForm>
export type InferenceServiceFormOutput = z.output<typeof inferenceServiceForm>

interface FormOutput extends CreateInferenceServiceInput {
  /** Whether a saved credential goes away; the API is told by null. */
  readonly removeCredential: boolean
}

type Rewritten =
  | 'labels'
  | 'runtime'
  | 'vpcId'
  | 'vswitchId'
  | 'securityGroupId'
  | 'vpcDirect'
  | 'nlb'
  | 'nacos'
  | 'apiPath'
  | 'model'
  | 'hashHeader'
  | 'requestsPerSecond'
  | 'concurrency'
  | 'healthCheck'
  | 'passiveHealth'

type Switched<T> = { readonly enabled: boolean } & Partial<T>

type Parsed = Omit<CreateInferenceServiceInput, Rewritten> &
  ParsedServiceAccess & {
    readonly apiPath: string
    readonly model: string
    readonly hashHeader: string
    readonly requestsPerSecond: Switched<typeof atFirst.rate>
    readonly concurrency: Switched<typeof atFirst.concurrency>
    readonly healthCheck: Switched<typeof atFirst.healthCheck>
    readonly passiveHealth: Switched<typeof atFirst.passiveHealth>
    readonly labels: ReadonlyArray<{ readonly name: string; readonly value: string }>
    readonly upstreamCredential: string
    readonly removeCredential: boolean
  }

function toInput(values: Parsed): FormOutput {
  return {
    ...values,
    runtime: 'endpoint',
    ...accessInputOf(values),
    apiPath: values.apiPath || null,
    model: values.model || null,
    hashHeader: values.hashHeader || null,
    upstreamCredential: values.upstreamCredential || null,
    requestsPerSecond: fromSwitched(values.requestsPerSecond, atFirst.rate)?.value ?? null,
    concurrency: fromSwitched(values.concurrency, atFirst.concurrency),
    healthCheck: fromSwitched(values.healthCheck, atFirst.healthCheck),
    passiveHealth: fromSwitched(values.passiveHealth, atFirst.passiveHealth),
    labels: Object.fromEntries(values.labels.map(({ name, value }) => [name, value])),
  }
}

export function emptyInferenceServiceForm(gatewayId: string, vpcId = ''): InferenceServiceFormInput {
  return {
    name: '',
    description: '',
    gatewayId,
    ...emptyAccessForm(vpcId),
    apiType: 'openai-chat',
    apiPath: '',
    model: '',
    balancing: 'round-robin',
    hashHeader: '',
    protocol: 'http',
    upstreamHttp: '1.1',
    requestTimeoutMs: 60_000,
    requestsPerSecond: toSwitched(null, atFirst.rate),
    concurrency: toSwitched(null, atFirst.concurrency),
    healthCheck: toSwitched(atFirst.healthCheck, atFirst.healthCheck),
    passiveHealth: toSwitched(atFirst.passiveHealth, atFirst.passiveHealth),
    retries: retriesInput.parse({}),
    slowStartMs: 10_000,
    panicThreshold: 50,
    forwardAuthorization: false,
    upstreamCredential: '',
    removeCredential: false,
    labels: [],
    instances: [{ url: 'http://', weight: 1 }],
  }
}

export function inferenceServiceFormOf(service: InferenceService): InferenceServiceFormInput {
  return {
    name: service.name,
    description: service.description,
    gatewayId: service.gateway.id,
    ...accessFormOf(service),
    apiType: service.apiType,
    apiPath: service.apiPath ?? '',
    model: service.model ?? '',
    balancing: service.balancing,
    hashHeader: service.hashHeader ?? '',
    protocol: service.protocol,
    upstreamHttp: service.upstreamHttp,
    requestTimeoutMs: service.requestTimeoutMs,
    requestsPerSecond: toSwitched(rateOf(service), atFirst.rate),
    concurrency: toSwitched(service.concurrency, atFirst.concurrency),
    healthCheck: toSwitched(service.healthCheck, atFirst.healthCheck),
    passiveHealth: toSwitched(service.passiveHealth, atFirst.passiveHealth),
    retries: service.retries,
    slowStartMs: service.slowStartMs,
    panicThreshold: service.panicThreshold,
    forwardAuthorization: service.forwardAuthorization,
    upstreamCredential: '',
    removeCredential: false,
    labels: Object.entries(service.labels).map(([name, value]) => ({ name, value })),
    instances: service.instances.map(({ id, url, weight }) => ({ id, url, weight })),
  }
}

function rateOf({ requestsPerSecond }: InferenceService) {
  return requestsPerSecond === null ? null : { value: requestsPerSecond }
}

/** A new service like another: its own name, its own instances' identities, no secret. */
export function duplicateInferenceServiceForm(service: InferenceService): InferenceServiceFormInput {
  const form = inferenceServiceFormOf(service)
  const instances = service.instances.map(({ url, weight }) => ({ url, weight }))
  return { ...form, ...duplicateAccessForm(service), name: '', instances }
}

/** What a draft may keep. */
export function withoutSecrets(values: InferenceServiceFormInput): InferenceServiceFormInput {
  return { ...values, upstreamCredential: '', nacos: withoutPasswords(values.nacos) }
}
