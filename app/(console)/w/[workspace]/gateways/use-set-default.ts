'use client'

import { useTranslations } from 'use-intl'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useSetDefaultGateway } from '@/lib/client/gateways-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../use-workspace.ts'

/** Makes a gateway the one that is selected on deploy, and says so. */
export function useSetDefault(gateway: Pick<Gateway, 'id'>) {
  const t = useTranslations('gateways')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  const setDefault = useSetDefaultGateway(access.workspace)
  return {
    pending: setDefault.isPending,
    disabledReason: access.may('workspace.write')
      ? undefined
      : t('setDefaultNotAllowed', { role: role(access.role) }),
    setDefault: async () => {
      try {
        await setDefault.mutateAsync(gateway.id)
        toast(t('setDefaultDone'))
      } catch (error) {
        toastFailure(
          t('setDefaultFailed'),
          error instanceof ConsoleApiError ? { requestId: error.requestId ?? undefined } : {},
        )
      }
    },
  }
}
