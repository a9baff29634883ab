'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { useRemoveVpc, useUpdateVpcLink } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { useWorkspace } from '../../../use-workspace.ts'

interface VpcRowMenuProps {
  readonly gateway: Gateway
  readonly link: GatewayVpcLink
  readonly onWhitelist: () => void
}

export function VpcRowMenu({ gateway, link, onWhitelist }: VpcRowMenuProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const update = useUpdateVpcLink(workspace, gateway.id)
  const remove = useRemoveVpc(workspace, gateway.id)
  const [removing, setRemoving] = useState(false)
  const notAllowed = gateway.editable ? undefined : t('readOnly')
  const setDns = async (authoritativeDns: boolean) => {
    try {
      await update.mutateAsync({ link: link.id, authoritativeDns, version: link.version })
      toast(authoritativeDns ? t('dnsOn') : t('dnsOff'))
    } catch (error) {
      const isKnown = error instanceof ConsoleApiError
      toastFailure(isKnown ? error.detail : t('dnsFailed'), {
        requestId: isKnown ? (error.requestId ?? undefined) : undefined,
      })
    }
  }
  return (
    <>
      <Button size="sm" onClick={onWhitelist}>
        {t('whitelist')}
      </Button>
      <MoreMenu label={t('actionsFor', { name: link.vpc.name })}>
        {gateway.type === 'managed' ? (
          <>
            <MenuItem disabledReason={notAllowed} onSelect={() => void setDns(!link.authoritativeDns)}>
              {link.authoritativeDns ? t('stopDns') : t('startDns')}
            </MenuItem>
            <MenuSeparator />
          </>
        ) : null}
        <MenuItem danger disabledReason={notAllowed} onSelect={() => setRemoving(true)}>
          {t('removeVpc')}
        </MenuItem>
      </MoreMenu>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={t('removeVpcTitle', { name: link.vpc.name })}
        description={t('removeVpcText', { services: gateway.services })}
        confirmLabel={t('removeVpc')}
        keepLabel={t('keepVpc')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync(link.id)
          toast(t('vpcRemoved'))
        }}
      />
    </>
  )
}
