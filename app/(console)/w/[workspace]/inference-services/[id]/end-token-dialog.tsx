'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { useEndServiceToken } from '@/lib/client/service-tokens-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import type { ServiceToken } from '@/lib/domain/service-token.ts'

type EndTokenDialogProps = {
  readonly workspace: string
  readonly service: InferenceService
  readonly token: ServiceToken
  readonly onOpenChange: (open: boolean) => void
}

export function EndTokenDialog({ workspace, service, token, onOpenChange }: EndTokenDialogProps) {
  const t = useTranslations('inference-services.tokens')
  const { mutateAsync: end } = useEndServiceToken(workspace, service.id)
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onOpenChange}
      title={t('endTitle')}
      description={t('endText', { count: token.requestsLastHour })}
      keepLabel={t('keep')}
      confirmLabel={t('endConfirm')}
      onConfirm={async () => {
        await end(token.id)
        toast(t('ended'))
      }}
    />
  )
}
