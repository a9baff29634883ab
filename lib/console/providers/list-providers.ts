import { providers } from '@/lib/providers/registry.ts'

/** What forms are drawn from; the same for everybody. */
export async function listProviders() {
  return { items: providers.map(({ manifest }) => manifest) }
}
