'use client'

import { useTranslations } from 'use-intl'
import { DeleteDialog } from '@/components/feedback/delete-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { useDeleteInferenceService } from '@/lib/client/inference-services-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'

type DeleteServiceDialogProps = {
  readonly workspace: string
  readonly service: InferenceService
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onDeleted?: () => void
}

export function DeleteServiceDialog({
  workspace,
  service,
  open,
  onOpenChange,
  onDeleted,
}: DeleteServiceDialogProps) {
  const t = useTranslations('inference-services')
  const { mutateAsync: deleteService } = useDeleteInferenceService(workspace)
  const { requests } = service.traffic24h
  return (
    <DeleteDialog
      open={open}
      onOpenChange={onOpenChange}
      kind={t('kind')}
      name={service.name}
      consequences={t('delete.consequences', { instances: service.instances.length })}
      warning={requests > 0 ? t('delete.warning', { requests }) : undefined}
      onDelete={async () => {
        await deleteService(service)
        toast(t('actions.deleted', { count: 1 }))
        onDeleted?.()
      }}
    />
  )
}
