'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { DiffView, type FieldChange } from '@/components/feedback/diff-view.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'

interface GatewayReviewDialogProps {
  readonly gateway: Gateway
  readonly changes: readonly FieldChange[]
  readonly onApply: () => Promise<void>
  readonly onClose: () => void
}

/** What changes, and how much traffic it touches, before it acts. */
export function GatewayReviewDialog({ gateway, changes, onApply, onClose }: GatewayReviewDialogProps) {
  const t = useTranslations('gateways.settings')
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('reviewTitle')}
      description={t('reviewImpact', { services: gateway.services, requests: gateway.requests24h })}
      confirmLabel={t('apply')}
      keepLabel={t('keep')}
      onConfirm={onApply}
    >
      <DiffView label={t('reviewTitle')} changes={changes} />
    </ConfirmDialog>
  )
}
