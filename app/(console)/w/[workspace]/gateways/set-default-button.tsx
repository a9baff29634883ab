'use client'

import { useTranslations } from 'use-intl'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useSetDefaultGateway } from '@/lib/client/gateways-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useWorkspace } from '../use-workspace.ts'

interface SetDefaultButtonProps {
  readonly gateway: Gateway
  readonly size?: 'sm' | 'md'
}

/** Nothing while the gateway already is the default one. */
export function SetDefaultButton({ gateway, size = 'md' }: SetDefaultButtonProps) {
  const t = useTranslations('gateways')
  const role = useTranslations('members.roles')
  const access = useWorkspace()
  const setDefault = useSetDefaultGateway(access.workspace)
  if (gateway.isDefault) return null
  const press = async () => {
    try {
      await setDefault.mutateAsync(gateway.id)
      toast(t('setDefaultDone'))
    } catch (error) {
      toastFailure(
        t('setDefaultFailed'),
        error instanceof ConsoleApiError ? { requestId: error.requestId ?? undefined } : {},
      )
    }
  }
  return (
    <Button
      size={size}
      loading={setDefault.isPending}
      disabledReason={
        access.may('workspace.write') ? undefined : t('setDefaultNotAllowed', { role: role(access.role) })
      }
      onClick={() => void press()}
    >
      {t('setDefault')}
    </Button>
  )
}
