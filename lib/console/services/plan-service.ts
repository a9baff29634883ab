import { refuseProblems } from '@/lib/console/field-problems.ts'
import {
  certificateIdOf,
  isProviderConfig,
  type ProviderConfig,
  type ServiceConfig,
  sourceIdOf,
} from '@/lib/control-plane/service-config.ts'
import type { InvalidField } from '@/lib/domain/error.ts'
import { type ServiceParts, type ServiceSource, servicePartOf } from '@/lib/domain/upstream-service.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { hasInferenceService } from '@/lib/persistence/inference-service-store.ts'
import type { ServiceKeyRow } from '@/lib/persistence/service-store.ts'
import { type PlannedKey, planKeys, type StoredKeys } from './plan-keys.ts'
import { planProvider } from './plan-provider.ts'
import { reachedProblems, type ServicePlace, withPlainAddresses } from './plan-reached.ts'
import { serviceOption } from './prepare-provider.ts'

/** What a service will be, besides its name. */
export interface ServicePlan {
  readonly config: ServiceConfig
  readonly sourceId: string | null
  readonly certificateId: string | null
  readonly inferenceServiceId: string | null
  readonly keys: readonly PlannedKey[]
}

export interface ServiceWish {
  readonly source: ServiceSource
  readonly parts: ServiceParts
  readonly place: ServicePlace
  /** Whose keys may be kept; null: nobody's. */
  readonly stored: { readonly config: ServiceConfig; readonly keys: readonly ServiceKeyRow[] } | null
  /** Of the paths of problems: `service` in drafts. */
  readonly prefix?: string
}

/** Fills in defaults. Throws `invalid_input` with all that is wrong. */
export async function planService(transaction: Transaction, wish: ServiceWish): Promise<ServicePlan> {
  const { source, parts, prefix } = wish
  const part = servicePartOf[source]
  const path = prefix === undefined ? part : `${prefix}.${part}`
  if (parts[part] === undefined) {
    const message = 'Write the part of its source.'
    refuseProblems([{ path: '', code: 'missing', message }], path)
  }
  const provider = source === 'ai' ? parts.ai : source === 'agent' ? parts.agent : undefined
  const made =
    (source === 'ai' || source === 'agent') && provider !== undefined
      ? await planAsked(transaction, source, provider, wish)
      : await planReached(transaction, wish)
  refuseProblems(made.problems, path)
  return made.plan
}

interface Made {
  readonly plan: ServicePlan
  readonly problems: readonly InvalidField[]
}

async function planAsked(
  transaction: Transaction,
  source: 'ai' | 'agent',
  input: NonNullable<ServiceParts['ai' | 'agent']>,
  { place, stored }: ServiceWish,
): Promise<Made> {
  const { plan, problems } = planProvider(source, input)
  if (plan === null) return { plan: nothing, problems }
  const { config, inferenceServiceId } = plan
  const { keys, problems: keyProblems } = planKeys(input.apiKeys, plan, storedKeys(stored))
  const isFollowed =
    inferenceServiceId === null ||
    (await hasInferenceService(transaction, place.workspaceId, inferenceServiceId))
  const followed = {
    path: `options.${serviceOption(plan.manifest)}`,
    code: 'service_unknown',
    message: 'There is no such inference service in this workspace.',
  }
  return {
    plan: { config, sourceId: null, certificateId: null, inferenceServiceId, keys },
    problems: [...keyProblems, ...(isFollowed ? [] : [followed])],
  }
}

function storedKeys(stored: ServiceWish['stored']): StoredKeys | null {
  if (stored === null || !isProviderConfig(stored.config)) return null
  return { config: stored.config, sealed: new Map(stored.keys.map(({ id, sealed }) => [id, sealed])) }
}

async function planReached(transaction: Transaction, { source, parts, place }: ServiceWish): Promise<Made> {
  const config = reachedConfig(source, parts)
  if (config === null) return { plan: nothing, problems: [] }
  const ids = {
    sourceId: sourceIdOf(config),
    certificateId: certificateIdOf(config),
    inferenceServiceId: null,
  }
  const problems = await reachedProblems(transaction, config, place)
  return { plan: { config: withPlainAddresses(config), ...ids, keys: [] }, problems }
}

type ReachedConfig = Exclude<ServiceConfig, ProviderConfig>

function reachedConfig(source: ServiceSource, parts: ServiceParts): ReachedConfig | null {
  const { dns, fixed, kubernetes, sae, functionCompute, nacos } = parts
  if (source === 'dns' && dns) return { source, ...dns }
  if (source === 'fixed' && fixed) return { source, ...fixed }
  if (source === 'kubernetes' && kubernetes) return { source, ...kubernetes }
  if (source === 'sae' && sae) return { source, ...sae }
  if (source === 'function-compute' && functionCompute) return { source, ...functionCompute }
  if (source === 'nacos' && nacos) return { source, ...nacos, namespace: nacos.namespace ?? null }
  return null
}

/** Never stored: its problems are thrown. */
const nothing: ServicePlan = {
  config: { source: 'dns', addresses: [], tls: { mode: 'off' }, healthCheck: null, balancing: 'round-robin' },
  sourceId: null,
  certificateId: null,
  inferenceServiceId: null,
  keys: [],
}
