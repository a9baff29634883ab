import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import {
  bearerCredential,
  headerCredential,
  refuseUnsendable,
} from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { anthropicHeaders, anthropicRoute } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { namesIn } from '@/lib/providers/openai-compatible/model-list.ts'
import { parseServiceBase, refuseOperation } from '@/lib/providers/openai-compatible/service-base.ts'
import { type Credential, type Provider, ProviderSettingsError } from '@/lib/providers/provider.ts'
import { claudeManifest } from './manifest.ts'

const oauthBeginning = 'sk-ant-oat'

/** Anthropic's own API. Callers of other protocols are converted to Messages. */
export const claude: Provider = {
  manifest: providerManifest.parse(claudeManifest),
  prepare({ baseUrl, options }) {
    const typed = parseServiceBase(baseUrl)
    refuseOperation(typed)
    const base = { ...typed, path: typed.path.replace(/\/v1$/, '') }
    const isOauth = options['oauth'] === 'true'
    // The API asks for it with OAuth tokens; nothing of it says who the client is.
    const headers = isOauth ? [...anthropicHeaders, 'anthropic-beta', 'oauth-2025-04-20'] : anthropicHeaders
    return {
      routes: [{ ...anthropicRoute(base), headers: () => headers }],
      relay: null,
      models: {
        origin: base.origin,
        path: `${base.path}/v1/models?limit=1000`,
        headers: ['accept', 'application/json', ...headers],
        read: (body) => namesIn(body['data'], 'id'),
      },
      credential: (secret) => (isOauth ? oauthCredential(secret) : keyCredential(secret)),
      explain: (failure) => explainFailure(failure, {}),
    }
  },
}

function keyCredential(secret: string): Credential {
  if (secret.startsWith(oauthBeginning)) {
    throw new ProviderSettingsError(
      'apiKeys',
      'This is an OAuth token, not an API key. Write an API key, or switch the use of an OAuth token on.',
    )
  }
  refuseUnsendable(secret)
  return headerCredential('x-api-key', secret)
}

function oauthCredential(secret: string): Credential {
  if (secret.startsWith('sk-ant-api')) {
    throw new ProviderSettingsError(
      'apiKeys',
      'This is an API key, not an OAuth token. Write an OAuth token, or switch its use off.',
    )
  }
  return bearerCredential(secret)
}
