'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Select } from '@/components/ui/select.tsx'
import { Tooltip } from '@/components/ui/tooltip.tsx'
import type { Member } from '@/lib/domain/member.ts'
import type { Role } from '@/lib/domain/role.ts'
import { ChangeRoleDialog } from './change-role-dialog.tsx'
import { useManagingMembers } from './use-managing-members.ts'
import { useRoleItems } from './use-role-items.ts'

/** A member's role, and the way to change it; where that is refused, the role and why. */
export function RoleSelect({ member }: { readonly member: Member }) {
  const t = useTranslations('members')
  const items = useRoleItems()
  const { refusal, keepReason } = useManagingMembers()
  const [next, setNext] = useState<Role | null>(null)
  const fixed = refusal ?? keepReason(member)
  if (fixed !== undefined) {
    return (
      <Tooltip content={fixed}>
        <button type="button" className="cursor-default! rounded-tag text-left">
          {t(`roles.${member.role}`)}
        </button>
      </Tooltip>
    )
  }
  return (
    <div className="w-[160px]">
      <Select
        aria-label={t('roleOf', { name: member.name })}
        items={items}
        value={member.role}
        onValueChange={(role) => {
          if (role !== member.role) setNext(role)
        }}
      />
      {next === null ? null : <ChangeRoleDialog member={member} role={next} onClose={() => setNext(null)} />}
    </div>
  )
}
