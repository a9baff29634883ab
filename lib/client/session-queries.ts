import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Session, SetupInput, SignInInput } from '@/lib/domain/account.ts'
import type { AcceptInvitationInput } from '@/lib/domain/member.ts'
import type { Role } from '@/lib/domain/role.ts'
import { consoleApi } from './console-api.ts'

/** What an invitation link opens, before anyone accepts it. */
export interface InvitationPreview {
  readonly email: string
  readonly role: Role
  readonly workspace: { readonly name: string; readonly displayName: string }
}

export const sessionQueries = {
  all: ['session'] as const,
  /** Fails with `unauthenticated` when nobody is signed in. */
  current: () =>
    queryOptions({
      queryKey: [...sessionQueries.all, 'current'],
      queryFn: ({ signal }) => consoleApi.get<Session>('/session', { signal }),
      staleTime: 60_000,
    }),
  /** Fails with `setup_closed` when the link is wrong, expired or used. */
  setup: (token: string) =>
    queryOptions({
      queryKey: [...sessionQueries.all, 'setup', token],
      queryFn: ({ signal }) => consoleApi.get<{ open: boolean }>('/setup', { query: { token }, signal }),
      gcTime: 0,
    }),
  invitation: (token: string) =>
    queryOptions({
      queryKey: [...sessionQueries.all, 'invitation', token],
      queryFn: ({ signal }) =>
        consoleApi.get<InvitationPreview>('/invitations/accept', { query: { token }, signal }),
      gcTime: 0,
    }),
}

export function useSignIn() {
  return useEnter((input: SignInInput) => consoleApi.post<Session>('/sign-in', input))
}

export function useSetup() {
  return useEnter((input: SetupInput) => consoleApi.post<Session>('/setup', input))
}

export function useAcceptInvitation() {
  return useEnter((input: AcceptInvitationInput) => consoleApi.post<Session>('/invitations/accept', input))
}

export function useSignOut() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => consoleApi.post('/sign-out'),
    onSuccess: () => queryClient.clear(),
  })
}

function useEnter<Input>(enter: (input: Input) => Promise<Session>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: enter,
    // The input held a password or a token: it must not outlive the form.
    gcTime: 0,
    onSuccess: (session) => {
      queryClient.clear()
      queryClient.setQueryData(sessionQueries.current().queryKey, session)
    },
  })
}
