import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Invitation, InviteInput } from '@/lib/domain/member.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export const invitationQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'invitations'] as const,
  list: (workspace: string) =>
    queryOptions({
      queryKey: [...invitationQueries.all(workspace), 'list'],
      queryFn: async ({ signal }) =>
        (
          await consoleApi.get<{ items: Invitation[] }>(apiPath('workspaces', workspace, 'invitations'), {
            signal,
          })
        ).items,
    }),
}

/** The answer holds the links, which are shown once. */
export function useInvite(workspace: string) {
  return useCreateMutation({
    create: (input: InviteInput, idempotencyKey) =>
      consoleApi.post<{ items: Invitation[] }>(apiPath('workspaces', workspace, 'invitations'), input, {
        idempotencyKey,
      }),
    invalidates: [invitationQueries.all(workspace)],
    secret: true,
  })
}

export function useRevokeInvitation(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => consoleApi.delete(apiPath('workspaces', workspace, 'invitations', id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: invitationQueries.all(workspace) }),
  })
}
