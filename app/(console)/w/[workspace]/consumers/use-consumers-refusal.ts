'use client'

import { useTranslations } from 'use-intl'
import { useWorkspace } from '../use-workspace.ts'

/** Why the reader may not change consumers; undefined when they may. */
export function useConsumersRefusal(): string | undefined {
  const t = useTranslations('consumers')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  return access.may('consumers.write') ? undefined : t('refused', { role: role(access.role) })
}
