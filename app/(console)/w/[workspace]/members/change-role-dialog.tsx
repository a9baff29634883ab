'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { memberQueries, useUpdateMember } from '@/lib/client/members-queries.ts'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import type { Member } from '@/lib/domain/member.ts'
import type { Role } from '@/lib/domain/role.ts'
import { useWorkspace } from '../use-workspace.ts'

interface ChangeRoleDialogProps {
  readonly member: Member
  readonly role: Role
  readonly onClose: () => void
}

export function ChangeRoleDialog({ member, role, onClose }: ChangeRoleDialogProps) {
  const t = useTranslations('members')
  const { workspace } = useWorkspace()
  const queryClient = useQueryClient()
  const { data } = useQuery(sessionQueries.current())
  const update = useUpdateMember(workspace)
  const self =
    data?.user.id === member.userId && member.role === 'owner' && data.user.installationRole !== 'owner'
  const confirm = async () => {
    try {
      await update.mutateAsync({ id: member.id, role, version: member.version })
    } catch (error) {
      // Someone may have changed or removed the member: the list behind shows what is.
      await queryClient.invalidateQueries({ queryKey: memberQueries.all(workspace) })
      throw error
    }
    if (data?.user.id === member.userId) await queryClient.invalidateQueries({ queryKey: sessionQueries.all })
    toast(t('change.done'))
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('change.title', { role: t(`roles.${role}`) })}
      description={t('change.body', {
        name: member.name,
        before: t(`roles.${member.role}`),
        after: t(`roles.${role}`),
      })}
      confirmLabel={t('change.confirm')}
      keepLabel={t('change.keep')}
      onConfirm={confirm}
    >
      {self ? <p className="text-control text-ink-2">{t('change.self')}</p> : null}
    </ConfirmDialog>
  )
}
