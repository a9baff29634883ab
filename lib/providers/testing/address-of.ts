import type { WireFormat } from '@/lib/protocols/codec.ts'
import type { Provider, ProviderSettings, RouteCall } from '@/lib/providers/provider.ts'
import { testTools } from './send-call.ts'

/** Where a call of this format goes; null: the provider does not answer it with these settings. */
export function addressOf(
  provider: Provider,
  settings: ProviderSettings,
  format: WireFormat,
  call: Partial<RouteCall> = {},
): string | null {
  const route = provider.prepare(settings, testTools).routes.find((candidate) => candidate.format === format)
  if (route === undefined) return null
  return route.origin + route.path({ model: 'm', stream: false, body: {}, ...call })
}
