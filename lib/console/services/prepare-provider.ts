import {
  isProviderConfig,
  type ProviderConfig,
  type ServiceConfig,
} from '@/lib/control-plane/service-config.ts'
import type { InvalidField } from '@/lib/domain/error.ts'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { providerOf } from '@/lib/providers/registry.ts'

type Provider = NonNullable<ReturnType<typeof providerOf>>
export type PreparedProvider = ReturnType<Provider['prepare']>

export type Preparation =
  | { readonly ok: true; readonly prepared: PreparedProvider }
  /** The path is that of the field within the service's part. */
  | { readonly ok: false; readonly problem: InvalidField }

/** Settings and keys are looked at here, and nobody is asked anything. */
const offline = {
  now: () => Date.now(),
  fetch: () => Promise.reject(new Error('Preparing a provider asks nobody.')),
}

/** Where the address is filled in later, any that can be parsed will do. */
const standIn = 'http://localhost/api/predict/service'

/** The provider with these settings, as nodes prepare it. */
export function prepareProvider(config: ProviderConfig): Preparation {
  const provider = providerOf(config.provider)
  if (provider === null) {
    const message = 'This version does not know the provider.'
    return { ok: false, problem: { path: 'provider', code: 'unknown', message } }
  }
  const { protocol, options } = config
  const settings = { protocol, baseUrl: (config.baseUrl ?? standIn).replace(/\/+$/, ''), options }
  try {
    return { ok: true, prepared: provider.prepare(settings, offline) }
  } catch (error) {
    return { ok: false, problem: problemOf(error) }
  }
}

/** Null: the key has the provider's form. */
export function keyProblem(prepared: PreparedProvider, key: string): InvalidField | null {
  try {
    prepared.credential(key)
    return null
  } catch (error) {
    return problemOf(error)
  }
}

/** Throws whatever is no refusal of settings. */
function problemOf(error: unknown): InvalidField {
  // Bundles of one program may each hold a copy of the class.
  if (!(error instanceof Error && error.name === 'ProviderSettingsError' && 'field' in error)) throw error
  return { path: String(error.field), code: 'provider_settings', message: error.message }
}

/** The inference service that a stored service follows; null: none. */
export function followedServiceId(config: ServiceConfig): string | null {
  if (!isProviderConfig(config)) return null
  const manifest = providerOf(config.provider)?.manifest
  const option = manifest === undefined ? null : serviceOption(manifest)
  return option === null ? null : (config.options[option] ?? null)
}

/** Address and key come from an inference service of the workspace, which this option names. */
export function serviceOption(manifest: ProviderManifest): string | null {
  return manifest.options.find(({ kind }) => kind === 'service')?.name ?? null
}
