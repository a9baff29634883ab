import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { headerCredential, refuseUnsendable } from '@/lib/providers/openai-compatible/bearer-credential.ts'
import type { OpenAiFormat } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { openAiModelList } from '@/lib/providers/openai-compatible/model-list.ts'
import type {
  PreparedProvider,
  Provider,
  ProviderRoute,
  ProviderSettings,
  RouteCall,
} from '@/lib/providers/provider.ts'
import { type AzureAddress, parseAzureAddress, refusesStreamOptions } from './azure-address.ts'
import { azureManifest } from './manifest.ts'

/** https://learn.microsoft.com/azure/ai-services/openai/reference */
export const azure: Provider = { manifest: providerManifest.parse(azureManifest), prepare }

const operations: ReadonlyArray<readonly [OpenAiFormat, string]> = [
  ['openai-chat', '/chat/completions'],
  ['openai-completions', '/completions'],
  ['openai-embeddings', '/embeddings'],
]

const explanations = {
  '401':
    'Azure refuses the key. Check that it is of this resource, and that the address is of the same resource.',
  '404': 'Azure knows nothing at this address. Check the resource, the deployment and the api-version.',
  DeploymentNotFound:
    'The resource has no such deployment. Write the deployment’s name in the service, or ask for a model that is named like one; a new deployment takes some minutes.',
  OperationNotSupported: 'The deployment’s model does not do this. Choose another deployment.',
  content_filter: 'Azure’s content filter stopped this. Its rules are set with the deployment.',
}

function prepare({ baseUrl, options }: ProviderSettings): PreparedProvider {
  const address = parseAzureAddress(baseUrl, options)
  const { origin, openAiPath, query } = address
  const isOlder = refusesStreamOptions(address.apiVersion)
  return {
    routes: operations
      .filter(([, operation]) => address.operation === null || address.operation === operation)
      .map(([format, operation]) => ({
        format,
        origin,
        path: pathOf(address, operation),
        headers: () => [],
        prepareBody: isOlder && format !== 'openai-embeddings' ? withoutStreamOptions : null,
      })),
    relay: { origin, path: (path) => relayPath(address, path) },
    models: openAiModelList(origin, `${openAiPath}/models${query}`),
    credential: (secret) => {
      refuseUnsendable(secret)
      return headerCredential('api-key', secret)
    },
    explain: (failure) => explainFailure(failure, explanations),
  }
}

function pathOf(address: AzureAddress, operation: string): ProviderRoute['path'] {
  const { form, openAiPath, deployment, query } = address
  if (form === 'v1') return () => openAiPath + operation + query
  if (deployment === null) {
    return ({ model }) => `${openAiPath}/deployments/${encodeURIComponent(model)}${operation}${query}`
  }
  const path = `${openAiPath}/deployments/${deployment}${operation}${query}`
  return () => path
}

/** Pictures and speech belong to a deployment, files, batches and responses to the resource. */
const ofDeployment = /^\/v1\/(?:images|audio)\//

function relayPath({ form, openAiPath, deployment, query }: AzureAddress, path: string): string {
  const operation = path.replace(/^\/v1(?=[/?]|$)/, '')
  const within = form !== 'v1' && deployment !== null && ofDeployment.test(path)
  const whole = `${openAiPath}${within ? `/deployments/${deployment}` : ''}${operation}`
  return whole.includes('?') ? whole + query.replace('?', '&') : whole + query
}

function withoutStreamOptions({ body }: RouteCall): void {
  delete body['stream_options']
}
