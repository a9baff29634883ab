'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '@/components/ui/dialog.tsx'
import type { Invitation } from '@/lib/domain/member.ts'
import { InvitationLinks } from './invitation-links.tsx'
import { InviteForm } from './invite-form.tsx'

/** Addresses first; then the links, which are never shown again. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('members.inviteDialog')
  const [created, setCreated] = useState<readonly Invitation[] | null>(null)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width={created === null ? 'md' : 'lg'}
      title={created === null ? t('title') : t('resultTitle', { count: created.length })}
      description={created === null ? undefined : t('resultIntro')}
    >
      {created === null ? (
        <InviteForm onCreated={setCreated} onCancel={onClose} />
      ) : (
        <InvitationLinks invitations={created} onClose={onClose} />
      )}
    </Dialog>
  )
}
