'use client'

import { useTranslations } from 'use-intl'
import { useWorkspace } from '../use-workspace.ts'

/** Why the reader may not change Model APIs; undefined when they may. */
export function useModelApisRefusal(): string | undefined {
  const t = useTranslations('model-apis')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  return access.may('model-apis.write') ? undefined : t('refused', { role: role(access.role) })
}
