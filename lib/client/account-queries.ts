import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type {
  AccountSession,
  ChangePasswordInput,
  Session,
  UpdateAccountInput,
} from '@/lib/domain/account.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { sessionQueries } from './session-queries.ts'

export const accountQueries = {
  all: ['account'] as const,
  sessions: () =>
    queryOptions({
      queryKey: [...accountQueries.all, 'sessions'],
      queryFn: async ({ signal }) =>
        (await consoleApi.get<{ items: AccountSession[] }>('/account/sessions', { signal })).items,
    }),
}

export function useUpdateAccount() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: UpdateAccountInput) => consoleApi.patch<Session>('/account', input),
    onSuccess: (session) => queryClient.setQueryData(sessionQueries.current().queryKey, session),
  })
}

/** Ends the account's other sessions. */
export function useChangePassword() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: ChangePasswordInput) => consoleApi.post('/account/password', input),
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountQueries.all }),
  })
}

export function useEndAccountSession() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => consoleApi.delete(apiPath('account', 'sessions', id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: accountQueries.all }),
  })
}
