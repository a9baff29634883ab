'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { providerQueries } from '@/lib/client/providers-queries.ts'
import { updateServiceOf } from '@/lib/client/service-form-input.ts'
import { serviceFormOf } from '@/lib/client/service-form-values.ts'
import { useUpdateUpstreamService } from '@/lib/client/upstream-services-queries.ts'
import type { ServiceKey, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../../use-workspace.ts'

interface RemoveKeyDialogProps {
  readonly service: UpstreamService
  readonly removed: ServiceKey
  readonly onClose: () => void
}

export function RemoveKeyDialog({ service, removed, onClose }: RemoveKeyDialogProps) {
  const t = useTranslations('services.keys')
  const { workspace } = useWorkspace()
  const manifests = useQuery(providerQueries.list()).data
  const update = useUpdateUpstreamService(workspace, service.id)
  const remove = async () => {
    const stored = serviceFormOf(service)
    const keys = stored.keys.filter(({ keyId }) => keyId !== removed.id)
    if (manifests === undefined) throw new Error('The list of providers has not come.')
    await update.mutateAsync(updateServiceOf({ ...stored, keys }, manifests, service.version))
    toast(t('removedToast'))
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('removeTitle', { hint: removed.hint })}
      description={t('removeNote')}
      confirmLabel={t('remove')}
      onConfirm={remove}
    />
  )
}
