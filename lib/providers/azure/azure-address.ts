import { parseServiceBase, type ServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import { ProviderSettingsError } from '@/lib/providers/provider.ts'

/**
 * How a service's address names what is asked for:
 * `resource`: only the resource, so the model names the deployment; `deployment`: a deployment of it; `operation`: one
 * operation of a deployment, used as it is; `v1`: the resource's address of OpenAI's own paths, without versions.
 */
export type AzureForm = 'resource' | 'deployment' | 'operation' | 'v1'

export interface AzureAddress {
  readonly form: AzureForm
  readonly origin: string
  /** Up to `/openai`, with it. */
  readonly openAiPath: string
  /** Escaped; null: the model names it. */
  readonly deployment: string | null
  /** Of `operation`: `/chat/completions`. */
  readonly operation: string | null
  /** With the question mark. */
  readonly query: string
  /** Null where `v1` has none. */
  readonly apiVersion: string | null
}

const deploymentPath = /^(.*\/openai)\/deployments\/([^/]+)(\/.+)?$/
const operations = new Set(['/chat/completions', '/completions', '/embeddings'])

/** Throws `ProviderSettingsError`. */
export function parseAzureAddress(baseUrl: string, options: Readonly<Record<string, string>>): AzureAddress {
  const base = parseServiceBase(baseUrl)
  const isV1 = base.path.endsWith('/openai/v1')
  const apiVersion = base.query.get('api-version') || (isV1 ? null : options['apiVersion']) || null
  if (apiVersion === null && !isV1) {
    throw new ProviderSettingsError(
      'options.apiVersion',
      'Azure needs an api-version: write one, such as 2024-10-21, or add it to the address.',
    )
  }
  if (apiVersion !== null) base.query.set('api-version', apiVersion)
  const query = base.query.size === 0 ? '' : `?${base.query}`
  return { ...shapeOf(base, isV1, options['deployment'] ?? ''), origin: base.origin, query, apiVersion }
}

function shapeOf(
  { path }: ServiceBase,
  isV1: boolean,
  chosen: string,
): Pick<AzureAddress, 'form' | 'openAiPath' | 'deployment' | 'operation'> {
  if (isV1) return { form: 'v1', openAiPath: path, deployment: null, operation: null }
  const [, openAiPath, deployment, operation] = deploymentPath.exec(path) ?? []
  if (openAiPath === undefined || deployment === undefined) {
    const isWhole = path.endsWith('/openai')
    const deploymentOfOption = chosen === '' ? null : encodeURIComponent(chosen)
    return {
      form: 'resource',
      openAiPath: isWhole ? path : `${path}/openai`,
      deployment: deploymentOfOption,
      operation: null,
    }
  }
  if (operation === undefined) return { form: 'deployment', openAiPath, deployment, operation: null }
  if (!operations.has(operation)) {
    throw new ProviderSettingsError('baseUrl', 'Cut the address after the name of the deployment.')
  }
  return { form: 'operation', openAiPath, deployment, operation }
}

const streamUsageSince = '2024-09-01'

/** Older versions refuse `stream_options` as unknown. */
export function refusesStreamOptions(apiVersion: string | null): boolean {
  return apiVersion !== null && /^\d{4}-/.test(apiVersion) && apiVersion < streamUsageSince
}
