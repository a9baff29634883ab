import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { bearerCredential } from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { parseServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import { type Provider, ProviderSettingsError } from '@/lib/providers/provider.ts'
import { modelStudioAppManifest } from './manifest.ts'

const noHeaders: readonly string[] = []
const streamHeaders = ['x-dashscope-sse', 'enable']

/** An agent or workflow that was built in Alibaba Cloud Model Studio. */
export const modelStudioApp: Provider = {
  manifest: providerManifest.parse(modelStudioAppManifest),
  prepare({ baseUrl, options }) {
    const { origin, path } = parseServiceBase(baseUrl)
    const pasted = /\/apps(\/.*)?$/.exec(path)?.[0]
    if (pasted !== undefined) {
      throw new ProviderSettingsError('baseUrl', `Paste the base, not the path: leave out ${pasted}.`)
    }
    const appId = options['appId'] ?? ''
    if (appId === '') throw new ProviderSettingsError('options.appId', 'Write the application’s ID.')
    const completion = `${path}/apps/${encodeURIComponent(appId)}/completion`
    return {
      routes: [
        {
          format: 'model-studio-app',
          origin,
          path: () => completion,
          headers: ({ stream }) => (stream ? streamHeaders : noHeaders),
          prepareBody: null,
        },
      ],
      relay: null,
      models: null,
      credential: bearerCredential,
      explain: (failure) => explainFailure(failure, explanations),
    }
  },
}

const explanations = {
  InvalidApiKey: 'Model Studio refuses the key. Check that it is of the application’s region and workspace.',
  AccessDenied: 'The key may not ask this application. Use a key of the application’s own workspace.',
  InvalidApp: 'Model Studio does not know the application. Check its ID, and that it is published.',
  Arrearage: 'The account has an unpaid bill. Pay it in Alibaba Cloud.',
  'Throttling.RateQuota':
    'Model Studio limits how often it may be asked. Ask for a higher limit, or add keys.',
}
