import { bedrock } from './bedrock/provider.ts'
import { claude } from './claude/provider.ts'
import { customAgent } from './custom-agent/provider.ts'
import { dify } from './dify/provider.ts'
import { hunyuan } from './hunyuan/provider.ts'
import { modelStudioApp } from './model-studio-app/provider.ts'
import { openAiCompatible } from './openai-compatible/provider.ts'
import type { Provider } from './provider.ts'
import { vertex } from './vertex/provider.ts'

/** Every provider, in the order in which they are offered. */
export const providers: readonly Provider[] = [
  bedrock,
  vertex,
  openAiCompatible,
  claude,
  hunyuan,
  modelStudioApp,
  dify,
  customAgent,
]

const byId = new Map(providers.map((provider) => [provider.manifest.id, provider]))

export function providerOf(id: string): Provider | null {
  return byId.get(id) ?? null
}
