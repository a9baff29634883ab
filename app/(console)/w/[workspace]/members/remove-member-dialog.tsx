'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { useRemoveMember } from '@/lib/client/members-queries.ts'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import type { Member } from '@/lib/domain/member.ts'
import { useWorkspace } from '../use-workspace.ts'

interface RemoveMemberDialogProps {
  readonly member: Member
  /** The reader leaves by themselves. */
  readonly self: boolean
  readonly onClose: () => void
}

export function RemoveMemberDialog({ member, self, onClose }: RemoveMemberDialogProps) {
  const t = useTranslations('members.remove')
  const router = useRouter()
  const queryClient = useQueryClient()
  const { workspace, displayName } = useWorkspace()
  const remove = useRemoveMember(workspace)
  const confirm = async () => {
    await remove.mutateAsync(member.id)
    toast(self ? t('left') : t('done'))
    if (!self) return
    await queryClient.invalidateQueries({ queryKey: sessionQueries.all })
    router.replace('/w')
  }
  return (
    <ConfirmDialog
      open
      danger
      onOpenChange={onClose}
      title={self ? t('leaveTitle', { workspace: displayName }) : t('title', { name: member.name })}
      description={self ? t('leaveBody') : t('body', { name: member.name })}
      confirmLabel={self ? t('leave') : t('action')}
      keepLabel={self ? t('stay') : t('keep')}
      onConfirm={confirm}
    />
  )
}
