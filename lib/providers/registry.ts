import { azure } from './azure/provider.ts'
import { baichuan } from './baichuan/provider.ts'
import { bedrock } from './bedrock/provider.ts'
import { claude } from './claude/provider.ts'
import { customAgent } from './custom-agent/provider.ts'
import { deepSeek } from './deepseek/provider.ts'
import { dify } from './dify/provider.ts'
import { doubao } from './doubao/provider.ts'
import { gemini } from './gemini/provider.ts'
import { hunyuan } from './hunyuan/provider.ts'
import { miniMax } from './minimax/provider.ts'
import { modelStudio } from './model-studio/provider.ts'
import { modelStudioApp } from './model-studio-app/provider.ts'
import { moonshot } from './moonshot/provider.ts'
import { openAi } from './openai/provider.ts'
import { openAiCompatible } from './openai-compatible/provider.ts'
import { paiEas } from './pai-eas/provider.ts'
import type { Provider } from './provider.ts'
import { spark } from './spark/provider.ts'
import { stepFun } from './stepfun/provider.ts'
import { vertex } from './vertex/provider.ts'
import { yi } from './yi/provider.ts'
import { zhipu } from './zhipu/provider.ts'

/** Every provider, in the order in which they are offered. */
export const providers: readonly Provider[] = [
  modelStudio,
  bedrock,
  vertex,
  azure,
  openAi,
  openAiCompatible,
  deepSeek,
  doubao,
  gemini,
  miniMax,
  moonshot,
  zhipu,
  paiEas,
  claude,
  baichuan,
  yi,
  hunyuan,
  stepFun,
  spark,
  modelStudioApp,
  dify,
  customAgent,
]

const byId = new Map(providers.map((provider) => [provider.manifest.id, provider]))

export function providerOf(id: string): Provider | null {
  return byId.get(id) ?? null
}
