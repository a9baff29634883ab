'use client'

import { useTranslations } from 'use-intl'
import { useWorkspace } from '../use-workspace.ts'

/** Why the reader may not change services or sources; undefined when they may. */
export function useServicesRefusal(what: 'services' | 'sources'): string | undefined {
  const t = useTranslations('services.refused')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  return access.may(`${what}.write`) ? undefined : t(what, { role: role(access.role) })
}
