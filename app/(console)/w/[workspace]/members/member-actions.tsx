'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MenuItem, MoreMenu } from '@/components/ui/menu.tsx'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import type { Member } from '@/lib/domain/member.ts'
import { RemoveMemberDialog } from './remove-member-dialog.tsx'
import { useManagingMembers } from './use-managing-members.ts'

export function MemberActions({ member }: { readonly member: Member }) {
  const t = useTranslations('members')
  const { data } = useQuery(sessionQueries.current())
  const { refusal, keepReason } = useManagingMembers()
  const [removing, setRemoving] = useState(false)
  // Everyone may leave, whatever their role.
  const self = data?.user.id === member.userId
  return (
    <>
      <MoreMenu label={t('actionsOf', { name: member.name })}>
        <MenuItem
          danger
          disabledReason={(self ? undefined : refusal) ?? keepReason(member)}
          onSelect={() => setRemoving(true)}
        >
          {self ? t('remove.leave') : t('remove.action')}
        </MenuItem>
      </MoreMenu>
      {removing ? (
        <RemoveMemberDialog member={member} self={self} onClose={() => setRemoving(false)} />
      ) : null}
    </>
  )
}
