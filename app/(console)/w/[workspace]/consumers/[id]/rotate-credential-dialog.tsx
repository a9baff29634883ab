'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import type { Credential } from '@/lib/domain/consumer.ts'
import { credentialName } from '../credential-text.tsx'
import { MadeSecret, secretOf } from '../made-secret.tsx'
import { RotateCredentialForm } from './rotate-credential-form.tsx'

interface RotateCredentialDialogProps {
  readonly consumerId: string
  readonly credential: Credential
  readonly onClose: () => void
}

/** A new key in the place of one, which stays valid for a while; then the new one, shown this once. */
export function RotateCredentialDialog({ consumerId, credential, onClose }: RotateCredentialDialogProps) {
  const t = useTranslations('consumers.credentials')
  const made = useTranslations('consumers.made')
  const [rotated, setRotated] = useState<Credential | null>(null)
  const show = (next: Credential) => {
    toast(t('rotated'))
    if (secretOf(next) === null) onClose()
    else setRotated(next)
  }
  return (
    <Dialog
      open
      width={rotated ? 'lg' : 'md'}
      onOpenChange={onClose}
      title={rotated ? t('rotatedTitle') : t('rotateTitle', { name: credentialName(credential) })}
      description={rotated ? made('once') : t('rotateText')}
      footer={
        rotated ? (
          <Button variant="primary" onClick={onClose}>
            {made('done')}
          </Button>
        ) : null
      }
    >
      {rotated ? (
        <MadeSecret credential={rotated} />
      ) : (
        <RotateCredentialForm
          consumerId={consumerId}
          credential={credential}
          onRotated={show}
          onCancel={onClose}
        />
      )}
    </Dialog>
  )
}
