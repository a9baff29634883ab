import { queryOptions } from '@tanstack/react-query'
import type { ProviderManifest } from '@/lib/domain/provider-manifest.ts'
import { apiPath, consoleApi } from './console-api.ts'

export const providerQueries = {
  /** All that this version knows; they change with the program only. */
  list: () =>
    queryOptions({
      queryKey: ['providers'],
      queryFn: async ({ signal }) =>
        (
          await consoleApi.get<{ readonly items: readonly ProviderManifest[] }>(apiPath('providers'), {
            signal,
          })
        ).items,
      staleTime: Number.POSITIVE_INFINITY,
    }),
}
