'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { useRemoveCredential } from '@/lib/client/consumers-queries.ts'
import type { Credential } from '@/lib/domain/consumer.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { credentialName } from '../credential-text.tsx'

interface RemoveCredentialDialogProps {
  readonly consumerId: string
  readonly credential: Credential
  readonly onClose: () => void
}

export function RemoveCredentialDialog({ consumerId, credential, onClose }: RemoveCredentialDialogProps) {
  const t = useTranslations('consumers.credentials')
  const { workspace } = useWorkspace()
  const { mutateAsync: remove } = useRemoveCredential(workspace, consumerId)
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={t('removeTitle', { name: credentialName(credential) })}
      description={t('removeText')}
      confirmLabel={t('remove')}
      onConfirm={async () => {
        await remove(credential.id)
        toast(t('removed'))
      }}
    />
  )
}
