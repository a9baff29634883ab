'use client'

import { useTranslations } from 'use-intl'
import { useWorkspace } from '../../use-workspace.ts'

/** Why the reader may make no calls here; undefined when they may. */
export function useDebugRefusal(): string | undefined {
  const t = useTranslations('debug.refusals')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  return access.may('model-apis.debug') ? undefined : t('role', { role: role(access.role) })
}
