import type {
  CreateInferenceServiceInput,
  InferenceService,
  UpdateInferenceServiceInput,
} from '@/lib/domain/inference-service.ts'
import {
  type InferenceServiceFormOutput,
  inferenceServiceForm,
  inferenceServiceFormOf,
} from './inference-service-form.ts'

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
  'vpcId',
  'vswitchId',
  'securityGroupId',
  'vpcDirect',
  'nlb',
  'nacos',
  'protocol',
  'upstreamHttp',
  'balancing',
  'hashHeader',
  'requestTimeoutMs',
  'requestsPerSecond',
  'concurrency',
  'healthCheck',
  'passiveHealth',
  'retries',
  'slowStartMs',
  'panicThreshold',
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
