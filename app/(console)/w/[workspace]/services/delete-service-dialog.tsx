'use client'

import { useTranslations } from 'use-intl'
import { useDeleteUpstreamService } from '@/lib/client/upstream-services-queries.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { DeleteUsedDialog } from '../delete-used-dialog.tsx'
import { useWorkspace } from '../use-workspace.ts'

interface DeleteServiceDialogProps {
  readonly service: UpstreamService
  readonly onDeleted?: () => void
  readonly onClose: () => void
}

export function DeleteServiceDialog({ service, onDeleted, onClose }: DeleteServiceDialogProps) {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const remove = useDeleteUpstreamService(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={service.name}
      users={service.usedBy}
      consequences={t('deleteConsequences', { keys: service.keys.length })}
      onDelete={() => remove.mutateAsync(service)}
      onDeleted={onDeleted ?? onClose}
      onClose={onClose}
    />
  )
}
