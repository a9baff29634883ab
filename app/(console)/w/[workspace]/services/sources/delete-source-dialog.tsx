'use client'

import { useTranslations } from 'use-intl'
import { useDeleteSource } from '@/lib/client/sources-queries.ts'
import type { Source } from '@/lib/domain/source.ts'
import { DeleteUsedDialog } from '../../delete-used-dialog.tsx'
import { useWorkspace } from '../../use-workspace.ts'

interface DeleteSourceDialogProps {
  readonly source: Source
  readonly onClose: () => void
}

export function DeleteSourceDialog({ source, onClose }: DeleteSourceDialogProps) {
  const t = useTranslations('sources')
  const { workspace } = useWorkspace()
  const remove = useDeleteSource(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={source.name}
      users={source.services.map((service) => ({ kind: 'service', ...service }))}
      consequences={t('deleteConsequences')}
      onDelete={() => remove.mutateAsync(source)}
      onDeleted={onClose}
      onClose={onClose}
    />
  )
}
