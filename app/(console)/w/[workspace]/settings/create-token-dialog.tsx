'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '@/components/ui/dialog.tsx'
import type { ApiToken } from '@/lib/domain/api-token.ts'
import type { Role } from '@/lib/domain/role.ts'
import { CreateTokenForm } from './create-token-form.tsx'
import { CreatedToken } from './created-token.tsx'

interface CreateTokenDialogProps {
  readonly workspace: string | null
  readonly roleMax: Role
  readonly onClose: () => void
}

/** The form, then the token, which is shown this once. */
export function CreateTokenDialog({ workspace, roleMax, onClose }: CreateTokenDialogProps) {
  const t = useTranslations('settings.tokens')
  const [created, setCreated] = useState<ApiToken | null>(null)
  const title = workspace === null ? t('createInstallationTitle') : t('createTitle')
  return (
    <Dialog
      open
      width={created === null ? 'md' : 'lg'}
      onOpenChange={onClose}
      title={created === null ? title : t('createdTitle')}
      description={created === null ? undefined : t('createdBody')}
    >
      {created === null ? (
        <CreateTokenForm workspace={workspace} roleMax={roleMax} onCreated={setCreated} onCancel={onClose} />
      ) : (
        <CreatedToken workspace={workspace} token={created} onClose={onClose} />
      )}
    </Dialog>
  )
}
