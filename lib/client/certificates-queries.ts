import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type {
  Certificate,
  CertificatePreview,
  certificatePreviewInput,
  createCertificateInput,
  UpdateCertificateInput,
} from '@/lib/domain/certificate.ts'
import type { Page } from '@/lib/domain/object.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export const certificateQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'certificates'] as const,
  list: (workspace: string) =>
    queryOptions({
      queryKey: [...certificateQueries.all(workspace), 'list'],
      queryFn: async ({ signal }) =>
        (await consoleApi.get<Page<Certificate>>(path(workspace), { query: { limit: 200 }, signal })).items,
    }),
  detail: (workspace: string, certificate: string) =>
    queryOptions({
      queryKey: [...certificateQueries.all(workspace), 'detail', certificate],
      queryFn: ({ signal }) => consoleApi.get<Certificate>(path(workspace, certificate), { signal }),
    }),
}

/** What an upload would be; stores nothing, and keeps nothing of the key. */
export function usePreviewCertificate(workspace: string) {
  return useMutation({
    mutationFn: ({
      signal,
      ...input
    }: z.input<typeof certificatePreviewInput> & { readonly signal?: AbortSignal | undefined }) =>
      consoleApi.post<CertificatePreview>(path(workspace, 'preview'), input, { signal }),
    gcTime: 0,
  })
}

export function useCreateCertificate(workspace: string) {
  return useCreateMutation({
    create: (input: z.input<typeof createCertificateInput>, idempotencyKey) =>
      consoleApi.post<Certificate>(path(workspace), input, { idempotencyKey }),
    invalidates: [certificateQueries.all(workspace)],
    secret: true,
  })
}

/** A new name, or a new chain and key in place of the old ones. */
export function useUpdateCertificate(workspace: string, certificate: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: UpdateCertificateInput) =>
      consoleApi.patch<Certificate>(path(workspace, certificate), input),
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
  })
}

/** Refused with `in_use` while a domain serves it. */
export function useDeleteCertificate(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<Certificate, 'id'>) => consoleApi.delete(path(workspace, id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
  })
}

function path(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'certificates', ...rest)
}
