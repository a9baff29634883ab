import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { anthropicOrBearer } from '@/lib/providers/anthropic-or-bearer.ts'
import { readKeyFields } from '@/lib/providers/key-fields.ts'
import { prepareOpenAi } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { parseServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import {
  type Credential,
  type PreparedProvider,
  type Provider,
  type ProviderSettings,
  ProviderSettingsError,
  type ProviderTools,
} from '@/lib/providers/provider.ts'
import { hunyuanManifest } from './manifest.ts'
import { Tc3Credential } from './tc3.ts'

/** Tencent's Hunyuan: its cloud API with signed requests, or its address in OpenAI's and Anthropic's protocols. */
export const hunyuan: Provider = {
  manifest: providerManifest.parse(hunyuanManifest),
  prepare: (settings, tools) =>
    settings.protocol === 'native' ? prepareNative(settings, tools) : prepareCompatible(settings),
}

const headers = ['x-tc-action', 'ChatCompletions', 'x-tc-version', '2023-09-01']

function prepareNative({ baseUrl }: ProviderSettings, tools: ProviderTools): PreparedProvider {
  const { origin, path } = parseServiceBase(baseUrl)
  if (path !== '') {
    throw new ProviderSettingsError(
      'baseUrl',
      'The native protocol has no path: write the address alone, or choose OpenAI/v1.',
    )
  }
  return {
    routes: [{ format: 'hunyuan', origin, path: () => '/', headers: () => headers, prepareBody: null }],
    relay: null,
    models: null,
    credential: (secret) => signer(secret, tools),
    explain: (failure) => explainFailure(failure, explanations),
  }
}

function signer(secret: string, tools: ProviderTools): Credential {
  const key = readKeyFields(secret, ['secretId', 'secretKey'])
  return new Tc3Credential(key, 'hunyuan', () => tools.now())
}

function prepareCompatible(settings: ProviderSettings): PreparedProvider {
  if (/\.tencentcloudapi\.com$/.test(parseServiceBase(settings.baseUrl).origin)) {
    throw new ProviderSettingsError(
      'baseUrl',
      'This address speaks the native protocol only. Write https://api.hunyuan.cloud.tencent.com/v1, or choose native.',
    )
  }
  return prepareOpenAi(settings, {
    formats: ['openai-chat', 'openai-embeddings'],
    anthropic: [{ openai: '/v1', anthropic: '/anthropic' }],
    listsModels: false,
    credential: apiKey,
    explanations,
  })
}

function apiKey(secret: string): Credential {
  if (secret.startsWith('{')) {
    throw new ProviderSettingsError(
      'apiKeys',
      'This is a SecretId and SecretKey. Write an API key of Hunyuan, or choose the native protocol.',
    )
  }
  return anthropicOrBearer(secret)
}

const explanations = {
  'AuthFailure.SecretIdNotFound': 'Tencent does not know the SecretId. Check it, and that it is enabled.',
  'AuthFailure.SignatureFailure': 'Tencent refuses the signature. Check the SecretKey.',
  'AuthFailure.SignatureExpire':
    'Tencent finds the time of the request too far from its own. Check the clock of the gateway’s node.',
  'AuthFailure.UnauthorizedOperation': 'The key may not call Hunyuan. Grant it access in Tencent’s CAM.',
  'FailedOperation.ServiceNotActivated':
    'Hunyuan is not activated for the account. Activate it in its console.',
  'FailedOperation.ServiceStop': 'Hunyuan is stopped for the account, mostly for an unpaid bill.',
  'FailedOperation.ResourcePackExhausted': 'The account’s resource pack is used up. Buy another or postpay.',
  'ResourceInsufficient.ChargeResourceExhausted': 'The account has no resources left. Top it up at Tencent.',
}
