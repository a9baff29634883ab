'use client'

import { useTranslations } from 'use-intl'
import { useDeleteModelApi } from '@/lib/client/model-apis-queries.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { DeleteUsedDialog } from '../delete-used-dialog.tsx'
import { useWorkspace } from '../use-workspace.ts'
import { placesOf } from './model-api-address.ts'

interface DeleteModelApiDialogProps {
  readonly api: ModelApi
  readonly onDeleted?: () => void
  readonly onClose: () => void
}

export function DeleteModelApiDialog({ api, onDeleted, onClose }: DeleteModelApiDialogProps) {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const remove = useDeleteModelApi(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={api.name}
      users={[]}
      consequences={
        <>
          {t('deleteConsequences')}
          <span className="mt-1.5 block font-mono text-code [overflow-wrap:anywhere]">
            {placesOf(api).join(' · ') || api.basePath}
          </span>
        </>
      }
      onDelete={() => remove.mutateAsync(api)}
      onDeleted={onDeleted ?? onClose}
      onClose={onClose}
    />
  )
}
