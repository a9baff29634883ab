import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'
import { bearerCredential } from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { parseServiceBase, type ServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import { type Provider, type ProviderRoute, ProviderSettingsError } from '@/lib/providers/provider.ts'
import { difyManifest } from './manifest.ts'

const noHeaders: readonly string[] = []
/** As the format writes it. */
const usualInput = 'query'

/** An application of Dify, hosted or one's own: a chat (agents too) or a workflow. */
export const dify: Provider = {
  manifest: providerManifest.parse(difyManifest),
  prepare({ baseUrl, options }) {
    const base = parseServiceBase(baseUrl)
    const pasted = /\/(chat-messages|workflows(\/run)?)$/.exec(base.path)?.[0]
    if (pasted !== undefined) {
      throw new ProviderSettingsError('baseUrl', `Paste the base, not the path: leave out ${pasted}.`)
    }
    return {
      routes: [
        options['application'] === 'workflow'
          ? workflowRoute(base, options['inputVariable'] ?? usualInput)
          : chatRoute(base),
      ],
      relay: null,
      models: null,
      credential: bearerCredential,
      explain: (failure) => explainFailure(failure, explanations),
    }
  },
}

function chatRoute({ origin, path }: ServiceBase): ProviderRoute {
  return {
    format: 'dify-chat',
    origin,
    path: () => `${path}/chat-messages`,
    headers: () => noHeaders,
    prepareBody: null,
  }
}

function workflowRoute({ origin, path }: ServiceBase, input: string): ProviderRoute {
  return {
    format: 'dify-workflow',
    origin,
    path: () => `${path}/workflows/run`,
    headers: () => noHeaders,
    prepareBody:
      input === usualInput
        ? null
        : ({ body }) => {
            const { inputs } = body
            if (!isJsonObject(inputs) || inputs[usualInput] === undefined) return
            inputs[input] = inputs[usualInput]
            delete inputs[usualInput]
          },
  }
}

const explanations = {
  invalid_param:
    'Dify refuses the request. An agent answers streams only ("stream": true); a workflow needs every variable that its start node requires.',
  app_unavailable: 'Dify has the application switched off, or it is not published. Check it in Dify.',
  not_workflow_app: 'The key is of an application that is no workflow. Choose the application type Agent.',
  not_chat_app: 'The key is of an application that is no chat. Choose the application type Workflow.',
  provider_not_initialize: 'Dify has no key for the model behind the application. Set it up in Dify.',
  provider_quota_exceeded: 'The quota of the model behind the application is used up. Check it in Dify.',
  model_currently_not_support: 'Dify cannot use the model behind the application. Choose another in Dify.',
  completion_request_error: 'The model behind the application failed. Look at the application’s log in Dify.',
  unauthorized: 'Dify refuses the key. Check that it is of this application and this server.',
}
