import { openAiCompatible } from './openai-compatible/provider.ts'
import type { Provider } from './provider.ts'

/** Every provider, in the order in which they are offered. */
export const providers: readonly Provider[] = [openAiCompatible]

const byId = new Map(providers.map((provider) => [provider.manifest.id, provider]))

export function providerOf(id: string): Provider | null {
  return byId.get(id) ?? null
}
