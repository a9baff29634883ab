import { type ProviderManifestSource, providerManifest } from '@/lib/domain/provider-manifest.ts'
import type { WireFormat } from '@/lib/protocols/codec.ts'
import type {
  Credential,
  PreparedProvider,
  Provider,
  ProviderRoute,
  ProviderSettings,
  RouteCall,
} from '@/lib/providers/provider.ts'
import { type AnthropicEnding, anthropicBase } from './anthropic-base.ts'
import { bearerCredential } from './bearer-credential.ts'
import { explainFailure } from './explain-failure.ts'
import { openAiModelList } from './model-list.ts'
import { joinOpenAiPath, parseServiceBase, refuseOperation, type ServiceBase } from './service-base.ts'
import { type VersionRule, withVersion } from './version-segment.ts'

export type OpenAiFormat = Extract<WireFormat, `openai-${string}`>

/** What makes a provider of OpenAI's shape itself. */
export interface OpenAiTraits {
  /** What it answers; `openai-chat` first. */
  readonly formats: readonly OpenAiFormat[]
  /** Default `origin`. */
  readonly version?: VersionRule
  /** Where it speaks Anthropic's protocol too. */
  readonly anthropic?: readonly AnthropicEnding[]
  readonly listsModels: boolean
  /** Of chat: what must be changed in a body; null: nothing. */
  prepareChat?(settings: ProviderSettings): ((call: RouteCall) => void) | null
  /** Default: Bearer. */
  credential?(secret: string, settings: ProviderSettings): Credential
  /** One sentence for each of the provider's own codes, or each kind of failure, that needs one. */
  readonly explanations?: Readonly<Record<string, string>>
}

const openAiPaths: Readonly<Record<OpenAiFormat, string>> = {
  'openai-chat': '/v1/chat/completions',
  'openai-completions': '/v1/completions',
  'openai-embeddings': '/v1/embeddings',
}

export const anthropicHeaders = ['anthropic-version', '2023-06-01']
const noHeaders: readonly string[] = []

/** A provider that answers what OpenAI answers, below its own base URL, and nothing in a way of its own. */
export function createOpenAiProvider(manifest: ProviderManifestSource, traits: OpenAiTraits): Provider {
  return {
    manifest: providerManifest.parse(manifest),
    prepare: (settings) => prepareOpenAi(settings, traits),
  }
}

/** The OpenAI side of a provider. Throws `ProviderSettingsError`. */
export function prepareOpenAi(settings: ProviderSettings, traits: OpenAiTraits): PreparedProvider {
  const typed = parseServiceBase(settings.baseUrl)
  refuseOperation(typed)
  const base = withVersion(typed, traits.version ?? 'origin')
  const { origin } = base
  const prepareChat = traits.prepareChat?.(settings) ?? null
  const routes = traits.formats.map((format) =>
    openAiRoute(base, format, format === 'openai-chat' ? prepareChat : null),
  )
  const anthropic = anthropicBase(base, traits.anthropic ?? [])
  return {
    routes: anthropic === null ? routes : [...routes, anthropicRoute(anthropic)],
    relay: { origin, path: (openAiPath) => joinOpenAiPath(base, openAiPath) },
    models: traits.listsModels ? openAiModelList(origin, joinOpenAiPath(base, '/v1/models')) : null,
    credential: (secret) => traits.credential?.(secret, settings) ?? bearerCredential(secret),
    explain: (failure) => explainFailure(failure, traits.explanations ?? {}),
  }
}

function openAiRoute(
  base: ServiceBase,
  format: OpenAiFormat,
  prepareBody: ProviderRoute['prepareBody'],
): ProviderRoute {
  const path = joinOpenAiPath(base, openAiPaths[format])
  return { format, origin: base.origin, path: () => path, headers: () => noHeaders, prepareBody }
}

/** `/v1/messages` below a base that ends before the version. */
export function anthropicRoute(base: ServiceBase): ProviderRoute {
  const path = `${base.path}/v1/messages`
  return {
    format: 'anthropic-messages',
    origin: base.origin,
    path: () => path,
    headers: () => anthropicHeaders,
    prepareBody: null,
  }
}
