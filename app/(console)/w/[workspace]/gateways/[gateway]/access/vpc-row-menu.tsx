'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/feedback/confirm-dialog.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { MenuItem, MenuSeparator, MoreMenu } from '@/components/ui/menu.tsx'
import { useRemoveVpc } from '@/lib/client/gateway-access-queries.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { useWorkspace } from '../../../use-workspace.ts'

interface VpcRowMenuProps {
  readonly gateway: Gateway
  readonly link: GatewayVpcLink
  readonly onWhitelist: () => void
  readonly onEdit: () => void
}

export function VpcRowMenu({ gateway, link, onWhitelist, onEdit }: VpcRowMenuProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const remove = useRemoveVpc(workspace, gateway.id)
  const [removing, setRemoving] = useState(false)
  const notAllowed = gateway.editable ? undefined : t('readOnly')
  return (
    <>
      <Button size="sm" onClick={onWhitelist}>
        {t('whitelist')}
      </Button>
      <MoreMenu label={t('actionsFor', { name: link.vpc.name })}>
        <MenuItem disabledReason={notAllowed} onSelect={onEdit}>
          {gateway.type === 'managed' ? t('editVpc') : t('editVswitches')}
        </MenuItem>
        <MenuSeparator />
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
