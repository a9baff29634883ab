import type { ProviderConfig } from '@/lib/control-plane/service-config.ts'
import type { InvalidField } from '@/lib/domain/error.ts'
import {
  checkOptions,
  fillOptions,
  isMet,
  type OptionValues,
  presetBaseUrl,
  whyNotOffered,
} from '@/lib/domain/provider-form.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import type { CreateServiceInput } from '@/lib/domain/upstream-service.ts'
import { providerOf } from '@/lib/providers/registry.ts'
import { followedServiceId, type Preparation, prepareProvider, serviceOption } from './prepare-provider.ts'

type AiInput = Extract<CreateServiceInput, { source: 'ai' }>['ai']
type AgentInput = Extract<CreateServiceInput, { source: 'agent' }>['agent']
export type ProviderInput = AgentInput & Partial<Pick<AiInput, 'protocol' | 'models'>>

export interface ProviderPlan {
  readonly manifest: ProviderManifest
  readonly config: ProviderConfig
  readonly preparation: Preparation
  /** Of services that take address and key from it. */
  readonly inferenceServiceId: string | null
}

type Words = ProviderManifest['name']

/** The settings with all defaults, or what is wrong with them. Keys are not looked at. */
export function planProvider(
  source: 'ai' | 'agent',
  input: ProviderInput,
): { readonly plan: ProviderPlan | null; readonly problems: readonly InvalidField[] } {
  const manifest = providerOf(input.provider)?.manifest
  if (manifest === undefined || manifest.kind !== (source === 'ai' ? 'model' : 'agent')) {
    const message = 'There is no such provider. Choose one of the list.'
    return { plan: null, problems: [{ path: 'provider', code: 'unknown', message }] }
  }
  const options = fillOptions(manifest, input.options)
  const protocol = protocolOf(manifest, input.protocol, options)
  const follows = serviceOption(manifest)
  const baseUrl = input.baseUrl ?? presetBaseUrl(manifest, protocol.id, options)
  const problems = [
    ...optionProblems(manifest, input.options, options),
    ...protocol.problems,
    ...baseUrlProblems(input.baseUrl, baseUrl, follows !== null),
  ]
  const { provider, keyFailover } = input
  const asked = {
    ...{ provider, protocol: protocol.id, keyFailover, options },
    ...(follows === null && { baseUrl }),
  }
  const config: ProviderConfig =
    source === 'ai' ? { source, ...asked, models: input.models ?? [] } : { source, ...asked }
  if (problems.length > 0) return { plan: null, problems }
  const preparation = prepareProvider(config)
  if (!preparation.ok) return { plan: null, problems: [preparation.problem] }
  return {
    plan: { manifest, config, preparation, inferenceServiceId: followedServiceId(config) },
    problems: [],
  }
}

function optionProblems(
  manifest: ProviderManifest,
  given: OptionValues,
  filled: OptionValues,
): InvalidField[] {
  const foreign = Object.keys(given).flatMap((name) => {
    const option = manifest.options.find((candidate) => candidate.name === name)
    const path = `options.${name}`
    if (option === undefined) {
      const message = `${manifest.name.en} has no option ${name}.`
      return [{ path, code: 'unknown', message, params: { option: name } }]
    }
    if (option.when === null || isMet(option.when, filled) || (given[name] ?? '').trim() === '') return []
    const { option: other, in: values } = option.when
    const message = `It only counts when ${other} is ${values.join(' or ')}. Leave it out.`
    return [{ path, code: 'inapplicable', message, params: { option: other } }]
  })
  const faulty = checkOptions(manifest, filled).map(({ option, message }) => ({
    path: `options.${option}`,
    code: (filled[option] ?? '') === '' ? 'missing' : 'pattern',
    ...inWords(message),
  }))
  return [...foreign, ...faulty]
}

function protocolOf(
  manifest: ProviderManifest,
  wanted: ProviderConfig['protocol'] | undefined,
  options: OptionValues,
): { readonly id: ProviderConfig['protocol']; readonly problems: readonly InvalidField[] } {
  if (wanted === undefined) {
    const offered = manifest.protocols.find((protocol) => whyNotOffered(protocol, options) === null)
    return { id: (offered ?? manifest.protocols[0])?.id ?? 'openai', problems: [] }
  }
  const chosen = manifest.protocols.find(({ id }) => id === wanted)
  if (chosen === undefined) {
    const known = manifest.protocols.map(({ id }) => id).join(' or ')
    const message = `${manifest.name.en} is asked by protocol ${known}.`
    return { id: wanted, problems: [{ path: 'protocol', code: 'unknown', message }] }
  }
  const reason = whyNotOffered(chosen, options)
  const problems = reason === null ? [] : [{ path: 'protocol', code: 'not_offered', ...inWords(reason) }]
  return { id: wanted, problems }
}

function baseUrlProblems(given: string | undefined, baseUrl: string, follows: boolean): InvalidField[] {
  if (follows) {
    if (given === undefined) return []
    const message = 'The address comes from the inference service. Leave it out.'
    return [{ path: 'baseUrl', code: 'automatic', message }]
  }
  if (baseUrl !== '') return []
  return [{ path: 'baseUrl', code: 'missing', message: 'Write the base URL of the service.' }]
}

/** A sentence of a manifest, which has its Chinese with it. */
function inWords(words: Words): Pick<InvalidField, 'message' | 'params'> {
  return { message: words.en, params: { 'zh-CN': words['zh-CN'] } }
}
