'use client'

import { useTranslations } from 'use-intl'
import type { SelectItem } from '@/components/ui/select.tsx'
import { type Role, roles } from '@/lib/domain/role.ts'

/** The four roles with what each may do. */
export function useRoleItems(): SelectItem<Role>[] {
  const t = useTranslations('members')
  return roles.map((role) => ({ value: role, label: t(`roles.${role}`), description: t(`roleHelp.${role}`) }))
}
