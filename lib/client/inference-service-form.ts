import * as z from 'zod'
import {
  type CreateInferenceServiceInput,
  createInferenceServiceInput,
  headerName,
  healthCheckInput,
  type InferenceService,
  path,
  type UpdateInferenceServiceInput,
} from '@/lib/domain/inference-service.ts'
import { line } from '@/lib/domain/object.ts'

const defaultHealthCheck = healthCheckInput.parse({})

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
    gatewayId: fields.gatewayId.unwrap(),
    apiType: fields.apiType.unwrap(),
    apiPath: emptyOr(path),
    model: line(128),
    balancing: fields.balancing.unwrap(),
    hashHeader: emptyOr(headerName),
    requestTimeoutMs: fields.requestTimeoutMs.unwrap(),
    healthCheck: z.discriminatedUnion('enabled', [
      z.looseObject({ enabled: z.literal(false) }),
      healthCheckInput.safeExtend({ enabled: z.literal(true) }),
    ]),
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
  .transform(toInput)

export type InferenceServiceFormInput = z.input<typeof inferenceServiceForm>
export type InferenceServiceFormOutput = z.output<typeof inferenceServiceForm>

interface FormOutput extends CreateInferenceServiceInput {
  /** Whether a saved credential goes away; the API is told by null. */
  readonly removeCredential: boolean
}

type Parsed = Omit<
  CreateInferenceServiceInput,
  'labels' | 'healthCheck' | 'runtime' | 'protocol' | 'vpcId' | 'apiPath' | 'model' | 'hashHeader'
> & {
  readonly apiPath: string
  readonly model: string
  readonly hashHeader: string
  readonly healthCheck: { enabled: boolean } & Partial<z.output<typeof healthCheckInput>>
  readonly labels: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly upstreamCredential: string
  readonly removeCredential: boolean
}

function toInput({ labels, healthCheck: { enabled, ...healthCheck }, ...values }: Parsed): FormOutput {
  return {
    ...values,
    runtime: 'endpoint',
    protocol: 'http',
    vpcId: null,
    apiPath: values.apiPath || null,
    model: values.model || null,
    hashHeader: values.hashHeader || null,
    upstreamCredential: values.upstreamCredential || null,
    healthCheck: enabled ? { ...defaultHealthCheck, ...healthCheck } : null,
    labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
  }
}

export function emptyInferenceServiceForm(gatewayId: string): InferenceServiceFormInput {
  return {
    name: '',
    description: '',
    gatewayId,
    apiType: 'openai-chat',
    apiPath: '',
    model: '',
    balancing: 'round-robin',
    hashHeader: '',
    requestTimeoutMs: 60_000,
    healthCheck: { enabled: true, ...defaultHealthCheck },
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
    apiType: service.apiType,
    apiPath: service.apiPath ?? '',
    model: service.model ?? '',
    balancing: service.balancing,
    hashHeader: service.hashHeader ?? '',
    requestTimeoutMs: service.requestTimeoutMs,
    healthCheck: { enabled: service.healthCheck !== null, ...(service.healthCheck ?? defaultHealthCheck) },
    forwardAuthorization: service.forwardAuthorization,
    upstreamCredential: '',
    removeCredential: false,
    labels: Object.entries(service.labels).map(([name, value]) => ({ name, value })),
    instances: service.instances.map(({ id, url, weight }) => ({ id, url, weight })),
  }
}

/** A new service like another: its own name, its own instances' identities, no secret. */
export function duplicateInferenceServiceForm(service: InferenceService): InferenceServiceFormInput {
  const form = inferenceServiceFormOf(service)
  return { ...form, name: '', instances: service.instances.map(({ url, weight }) => ({ url, weight })) }
}

/** What a create sends. */
export function createInputOf({
  removeCredential: _,
  ...input
}: InferenceServiceFormOutput): CreateInferenceServiceInput {
  return input
}

/** Only what changed, so that a change by someone else elsewhere survives. Null when nothing did. */
export function updateInputOf(
  base: InferenceService,
  wanted: InferenceServiceFormOutput,
): UpdateInferenceServiceInput | null {
  const changed = new Set(changedFields(base, wanted))
  if (changed.size === 0) return null
  const kept = Object.entries(wanted).filter(
    ([name]) => changed.has(name as ChangedField) && name !== 'upstreamCredential',
  )
  const credential = changed.has('upstreamCredential')
    ? { upstreamCredential: wanted.removeCredential ? null : wanted.upstreamCredential }
    : {}
  return { ...Object.fromEntries(kept), ...credential, version: base.version }
}

const comparedFields = [
  'description',
  'instances',
  'apiType',
  'apiPath',
  'model',
  'gatewayId',
  'balancing',
  'hashHeader',
  'requestTimeoutMs',
  'healthCheck',
  'forwardAuthorization',
  'labels',
] as const

export type ChangedField = (typeof comparedFields)[number] | 'upstreamCredential'

/** The settings in which two states of a service differ, in the order of the form. */
export function changedFields(base: InferenceService, wanted: InferenceServiceFormOutput): ChangedField[] {
  const before = inferenceServiceForm.parse(inferenceServiceFormOf(base))
  const changed: ChangedField[] = comparedFields.filter(
    (name) => comparable(before, name) !== comparable(wanted, name),
  )
  const credential = wanted.removeCredential ? base.hasUpstreamCredential : wanted.upstreamCredential !== null
  return credential ? [...changed, 'upstreamCredential'] : changed
}

function comparable(values: InferenceServiceFormOutput, name: (typeof comparedFields)[number]): string {
  if (name === 'instances') return JSON.stringify(values.instances.map(({ url, weight }) => [url, weight]))
  const value = values[name]
  // Labels and checks are sets of names: the order of their keys means nothing.
  const sorted = value !== null && typeof value === 'object' ? Object.entries(value).sort() : value
  return JSON.stringify(sorted)
}

/** What the gateway serves for a service, defaults included, secrets left out. */
export function effectiveSpec(service: InferenceService) {
  return {
    name: service.name,
    description: service.description,
    runtime: service.runtime,
    instances: service.instances.map(({ url, weight }) => ({ url, weight })),
    apiType: service.apiType,
    apiPath: service.apiPath,
    model: service.model,
    protocol: service.protocol,
    gatewayId: service.gateway.id,
    vpcId: service.vpcId,
    balancing: service.balancing,
    hashHeader: service.hashHeader,
    requestTimeoutMs: service.requestTimeoutMs,
    healthCheck: service.healthCheck,
    forwardAuthorization: service.forwardAuthorization,
    hasUpstreamCredential: service.hasUpstreamCredential,
    labels: service.labels,
  }
}
