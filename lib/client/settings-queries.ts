import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Installation, UpdateInstallationInput } from '@/lib/domain/installation.ts'
import { consoleApi } from './console-api.ts'

/** The installation's settings: owners of the installation only. */
export const settingsQueries = {
  all: ['installation', 'settings'] as const,
  detail: () =>
    queryOptions({
      queryKey: settingsQueries.all,
      queryFn: ({ signal }) => consoleApi.get<Installation>('/settings', { signal }),
    }),
}

export function useUpdateSettings() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: UpdateInstallationInput) => consoleApi.patch<Installation>('/settings', input),
    onSuccess: (saved) => queryClient.setQueryData(settingsQueries.all, saved),
  })
}
