import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Member, UpdateMemberInput } from '@/lib/domain/member.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { workspaceKey } from './workspace-keys.ts'

export const memberQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'members'] as const,
  list: (workspace: string) =>
    queryOptions({
      queryKey: [...memberQueries.all(workspace), 'list'],
      queryFn: async ({ signal }) =>
        (await consoleApi.get<{ items: Member[] }>(apiPath('workspaces', workspace, 'members'), { signal }))
          .items,
    }),
}

/** Refused with `conflict` for the last owner. */
export function useUpdateMember(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...input }: UpdateMemberInput & { id: string }) =>
      consoleApi.patch<Member>(apiPath('workspaces', workspace, 'members', id), input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: memberQueries.all(workspace) }),
  })
}

/** Refused with `conflict` for the last owner. */
export function useRemoveMember(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => consoleApi.delete(apiPath('workspaces', workspace, 'members', id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: memberQueries.all(workspace) }),
  })
}
