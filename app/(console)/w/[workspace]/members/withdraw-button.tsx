'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { useRevokeInvitation } from '@/lib/client/invitations-queries.ts'
import type { Invitation } from '@/lib/domain/member.ts'
import { useWorkspace } from '../use-workspace.ts'

export function WithdrawButton({ invitation }: { readonly invitation: Invitation }) {
  const t = useTranslations('members.pending')
  const { workspace } = useWorkspace()
  const revoke = useRevokeInvitation(workspace)
  const [asking, setAsking] = useState(false)
  const { email, id } = invitation
  const confirm = async () => {
    await revoke.mutateAsync(id)
    toast(t('revoked'))
  }
  return (
    <>
      <Button size="sm" variant="quiet" aria-label={t('revokeOf', { email })} onClick={() => setAsking(true)}>
        {t('revoke')}
      </Button>
      {asking ? (
        <ConfirmDialog
          open
          onOpenChange={() => setAsking(false)}
          title={t('revokeTitle', { email })}
          description={t('revokeBody')}
          confirmLabel={t('revoke')}
          keepLabel={t('keep')}
          onConfirm={confirm}
        />
      ) : null}
    </>
  )
}
