'use client'

import { useTranslations } from 'use-intl'
import { useDeleteConsumer } from '@/lib/client/consumers-queries.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { DeleteUsedDialog } from '../delete-used-dialog.tsx'
import { useWorkspace } from '../use-workspace.ts'

interface DeleteConsumerDialogProps {
  readonly consumer: Consumer
  readonly onDeleted?: () => void
  readonly onClose: () => void
}

export function DeleteConsumerDialog({ consumer, onDeleted, onClose }: DeleteConsumerDialogProps) {
  const t = useTranslations('consumers')
  const { workspace } = useWorkspace()
  const remove = useDeleteConsumer(workspace)
  const { name, credentials, modelApis } = consumer
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={name}
      users={[]}
      consequences={t('deleteConsequences', { credentials: credentials.length, apis: modelApis.length })}
      onDelete={() => remove.mutateAsync(consumer)}
      onDeleted={onDeleted ?? onClose}
      onClose={onClose}
    />
  )
}
